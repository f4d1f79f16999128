import { readSettings } from '../../../lib/config';
import type { AwsFault } from '../../../lib/local/aws/server';
import { monthlyPrices } from '../../../lib/price';
import { healthOf, named } from '../contents';
import type { Row } from '../row';
import { costExplorerRequests, inScene } from '../scene';

const SETTINGS = { pushgateway: { url: 'http://127.0.0.1:9' } };

export const BUDGET_ROWS: readonly Row[] = [
  {
    row: 'request budget',
    injected: 'every schedule once, one page an answer',
    expected: 'as many CE requests as plan says, published',
    run: () =>
      inScene(async (scene) => {
        const prices = monthlyPrices(readSettings(SETTINGS));
        const ran = await Promise.all(prices.map(({ collector }) => scene.run(collector)));
        const asked = ran.map(({ requests }) => costExplorerRequests(requests).length);
        const spent = named(await scene.contents(), 'tollgate_run_cost_explorer_usd');
        expect(asked).toEqual(prices.map(({ queriesPerRun }) => queriesPerRun));
        const usd = spent.reduce((sum, { value }) => sum + value, 0);
        expect(usd).toBeCloseTo(asked.reduce((sum, n) => sum + n, 0) / 100, 9);
        return `${asked.join(' + ')} requests, ${usd} USD`;
      }),
  },
  capRow('pages beyond the cap', 'one group a page', []),
  capRow('retries beyond the cap', 'every CE call: 503', [{ action: 'ce:*', kind: 'error-503' }]),
];

function capRow(row: string, injected: string, faults: readonly AwsFault[]): Row {
  const cap = 4;
  return {
    row,
    injected: `${injected}; maxRequests ${cap}`,
    expected: 'request_cap, none more, nothing partial',
    run: () =>
      inScene(async (scene) => {
        const environment = { TOLLGATE_MAX_REQUESTS: String(cap) };
        const ran = await scene.run('user-costs', { faults, pageSize: 1, environment });
        const contents = await scene.contents();
        const asked = costExplorerRequests(ran.requests).length;
        expect(asked).toBe(cap);
        expect(healthOf(contents, 'user-costs').failures).toEqual([
          'resource_costs request_cap',
          'user_costs request_cap',
        ]);
        expect(contents.groups).toEqual(['tollgate']);
        return `request_cap after ${asked}; 0 cost groups`;
      }),
  };
}
