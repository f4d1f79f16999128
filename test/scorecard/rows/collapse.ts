import { during } from '../../alerts/cases';
import { GROUPS, testRules } from '../../alerts/promtool';
import type { SeriesLine } from '../../support/exposition-lines';
import { billOf, ownedBy } from '../bills';
import { type Contents, named, sumOf } from '../contents';
import type { Row } from '../row';
import { inScene } from '../scene';
import { runComplete } from '../suite';

const ACCOUNT_ID = '111122223333';
const USUAL = billOf([{ ...ownedBy('ana'), day: '2026-03-14', usd: '100' }]);

/** testRules omits a test of an alert that does not exist. */
const ALERTS = GROUPS.pushgateway.flatMap(({ rules }) => rules.map(({ alert }) => alert));

export const COLLAPSE_ROWS: readonly Row[] = [
  {
    row: 'the bill collapses',
    injected: 'Cost Explorer answers every period without groups, after $100 a day for four days',
    expected: 'groups deleted, runs complete, and the alert fires after an hour',
    run: () =>
      inScene(async (scene) => {
        const before = await runComplete(scene, ['user-costs', 'services'], { bill: USUAL });
        const after = await runComplete(scene, ['user-costs', 'services'], {
          bill: { ...USUAL, charges: [] },
        });
        expect(sumOf(before, 'aws_region_day_billed_cost_usd')).toBe(100);
        expect(named(after, 'aws_region_day_billed_cost_usd')).toEqual([]);
        expect(named(after, 'aws_service_day_effective_cost_usd')).toEqual([]);
        expect(ALERTS).toContain('TollgateCostCollapse');
        expect(await firing(before, after)).toBe('');
        return '$100, then no series; TollgateCostCollapse after 60 minutes';
      }),
  },
];

/** Returns the problems of promtool, for four days with the first contents and one with the second. */
async function firing(before: Contents, after: Contents): Promise<string> {
  const history = (line: SeriesLine) => {
    const later = after.series.find((other) => id(other) === id(line));
    return during([4, line.value], ...(later ? [[1, later.value] as const] : []));
  };
  const series = before.series.filter(({ name }) => READ.has(name)).map((line) => [id(line), history(line)]);
  const { stderr } = await testRules([
    { alert: 'TollgateCostCollapse', series: Object.fromEntries(series), fires: FIRES },
  ]);
  return stderr;
}

const READ: ReadonlySet<string> = new Set([
  'aws_region_day_billed_cost_usd',
  'aws_service_day_effective_cost_usd',
  'tollgate_success_timestamp_seconds',
]);

function id({ name, labels }: SeriesLine): string {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}=${JSON.stringify(value)}`);
  return `${name}{${pairs.join(', ')}}`;
}

const FIRES = {
  minute: 4 * 24 * 60 + 60,
  labels: { account_id: ACCOUNT_ID },
  severity: 'warning',
  summary: `The cost of account ${ACCOUNT_ID} collapsed`,
  description: `The last full UTC day of account ${ACCOUNT_ID} cost less than 20 % of 100.00 USD, the median of the 7 days before. Either most of its resources are gone, or Cost Explorer answered without data.`,
  runbook: 'docs/operations.md#tollgate-cost-collapse',
};
