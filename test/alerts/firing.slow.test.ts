import { FIRING } from './cases';
import { GROUPS, testRules } from './promtool';
import { QUIET } from './quiet';

test('every alert fires at its minute and not one before, with its labels and words; tolerated values fire none', async () => {
  const { stdout, stderr } = await testRules([...FIRING, ...QUIET]);
  expect({ stdout: stdout.match(/SUCCESS|FAILED/g), stderr }).toEqual({
    stdout: GROUPS.map(() => 'SUCCESS'),
    stderr: '',
  });
});
