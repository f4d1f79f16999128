import { DELIVERY, FRESHNESS, RECONCILIATION, REQUEST, SPENDING } from './cases';
import { GROUPS, testRules } from './promtool';
import { QUIET } from './quiet';

const FIRING = [...FRESHNESS, ...DELIVERY, ...RECONCILIATION, ...REQUEST, ...SPENDING];

test('every alert fires at its minute and not one before, with its labels and words; what is let be fires none', async () => {
  const { stdout, stderr } = await testRules([...FIRING, ...QUIET]);
  expect({ stdout: stdout.match(/SUCCESS|FAILED/g), stderr }).toEqual({
    stdout: GROUPS.map(() => 'SUCCESS'),
    stderr: '',
  });
});
