import type { Origin } from '../../lib/alerts/origin';
import { type AlertCase, EXPORTER, FIRING } from './cases';
import { testRules } from './promtool';
import { QUIET, type QuietCase } from './quiet';
import { WRITTEN, WRITTEN_QUIET } from './written-cases';

test.each<[Origin, readonly (AlertCase | QuietCase)[]]>([
  ['pushgateway', [...FIRING, ...QUIET]],
  ['exporter', [...EXPORTER, ...FIRING.filter(({ alert }) => alert === 'TollgateNeverComplete')]],
  ['remote-write', [...WRITTEN, ...WRITTEN_QUIET]],
])(
  '%s: every alert fires at its minute and not one before, with its labels and words; tolerated values fire none',
  async (origin, cases) => {
    const { stdout, stderr } = await testRules(cases, origin);
    expect({ stdout: stdout.match(/SUCCESS|FAILED/g), stderr }).toEqual({
      stdout: [...new Set(cases.map(({ alert }) => alert))].map(() => 'SUCCESS'),
      stderr: '',
    });
  },
);
