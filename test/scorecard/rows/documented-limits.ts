import type { ResourceLimits } from '../../../lib/local/aws/cost-explorer/rules';
import { addDays } from '../../../lib/local/bill/day';
import { COMPUTE, smallBill, windowTotal } from '../bills';
import { named, sumOf } from '../contents';
import type { Row } from '../row';
import { costExplorerRequests, inScene } from '../scene';

const RESOURCES = 'ce:GetCostAndUsageWithResources';
const STORAGE = 'Amazon Simple Storage Service';

export const DOCUMENTED_LIMIT_ROWS: readonly Row[] = [
  granularityRow('resource costs by month allowed', undefined, 1),
  granularityRow('resource costs by month refused', ['DAILY'], 2),
  granularityRow('resource costs by day refused', ['MONTHLY'], 1),
  {
    row: 'a service filter is refused',
    injected: 'resources of S3: only EC2 allowed',
    expected: 'failure names resourceServices and EC2',
    run: () =>
      inScene(async (scene) => {
        const settings = { resourceServices: [COMPUTE, STORAGE] };
        const resourceLimits = { services: [COMPUTE] };
        const allowed = await scene.run('user-costs', { settings });
        const refused = await scene.run('user-costs', { settings, resourceLimits });
        expect(allowed.error).toBeUndefined();
        expect(refused.error?.errorMessage).toMatch(
          new RegExp(`resourceServices: expected services.*such as "${COMPUTE}", which it always allows`),
        );
        return refused.failures?.join(', ') ?? '';
      }),
  },
  ...(
    [
      ['forecast on the first, two days settled', '2026-03-01T07:00:00Z', 2],
      ['forecast on a first, a week settled', '2026-03-05T07:00:00Z', 7],
    ] as const
  ).map(([row, at, settleDays]) => monthOverRow(row, { at, settleDays })),
  {
    row: 'forecast with two days settled',
    injected: 'settleDays 2, on the 15th',
    expected: 'starts today, covers yesterday, complete',
    run: () =>
      inScene(async (scene) => {
        const bill = smallBill({ months: 2 });
        const ran = await scene.run('accounts', { bill, settings: { settleDays: 2 } });
        expect(ran.error).toBeUndefined();
        const bounds = named(await scene.contents(), 'aws_account_month_forecast_billed_cost_usd');
        expect(bounds).toHaveLength(3);
        return `complete; ${bounds.length} bounds`;
      }),
  },
];

/** A run with resource costs, where AWS accepts only these granularities. */
function granularityRow(row: string, granularities: ResourceLimits['granularities'], requests: number): Row {
  return {
    row,
    injected: granularities ? `only ${granularities.join()} is accepted` : 'MONTHLY is accepted',
    expected: `complete, exact sum, ${requests} request${requests > 1 ? 's' : ''}`,
    run: () =>
      inScene(async (scene) => {
        const bill = smallBill();
        const ran = await scene.run('user-costs', { bill, resourceLimits: { granularities } });
        expect(ran.error).toBeUndefined();
        const contents = await scene.contents();
        const sum = sumOf(contents, 'aws_user_resource_billed_cost_usd');
        expect(sum).toBeCloseTo(windowTotal(bill, { days: 13 }).toNumber(), 6);
        expect(sumOf(contents, 'tollgate_breakdown_gap_usd')).toBe(0);
        const sent = costExplorerRequests(ran.requests).filter(({ action }) => action === RESOURCES);
        expect(sent).toHaveLength(requests);
        return `complete, ${sum.toFixed(2)} USD, ${sent.length} requests`;
      }),
  };
}

function monthOverRow(row: string, { at, settleDays }: { at: string; settleDays: number }): Row {
  return {
    row,
    injected: `settleDays ${settleDays}, at ${at}`,
    expected: 'complete, no request, no forecast, no alarm',
    run: () =>
      inScene(async (scene) => {
        const bill = smallBill({ months: 2, asOf: new Date(at) });
        const ran = await scene.run('accounts', { bill, settings: { settleDays } });
        expect(ran.error).toBeUndefined();
        const contents = await scene.contents();
        expect(ran.requests.filter(({ action }) => action === 'ce:GetCostForecast')).toEqual([]);
        expect(named(contents, 'aws_account_month_forecast_billed_cost_usd')).toEqual([]);
        expect(named(contents, 'tollgate_forecast_available')).toEqual([]);
        return `complete; month of ${addDays(at.slice(0, 10), -settleDays)} is over`;
      }),
  };
}
