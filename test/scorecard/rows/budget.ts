import { readSettings } from '../../../lib/config';
import type { AwsFault } from '../../../lib/local/aws/server';
import { monthlyPrices } from '../../../lib/price';
import { SETTINGS } from '../../support/deployment';
import { healthOf, named } from '../contents';
import type { Row } from '../row';
import { costExplorerRequests, inScene } from '../scene';
import { calmSuite, EVERYTHING_ON, memberSuite, type Suite } from '../suite';

export const BUDGET_ROWS: readonly Row[] = [
  budgetRow('request budget', {
    injected: 'each collector once, one page per answer',
    settings: { sinks: SETTINGS.sinks },
    suite: calmSuite,
  }),
  budgetRow('request budget, all switched on', {
    injected: 'two members, two rules, usage types, role costs',
    settings: EVERYTHING_ON,
    suite: memberSuite,
  }),
  capRow('pages beyond the cap', 'one group per page', []),
  capRow('retries beyond the cap', 'every CE call: 503', [{ action: 'ce:*', kind: 'error-503' }]),
];

function budgetRow(
  row: string,
  { injected, settings, suite }: { injected: string; settings: object; suite: () => Promise<Suite> },
): Row {
  return {
    row,
    injected,
    expected: 'CE requests as planned, their number published',
    run: async () => {
      const { ran, contents } = await suite();
      const prices = monthlyPrices(readSettings(settings));
      const sent = ran.map(({ requests }) => costExplorerRequests(requests).length);
      expect(ran.map(({ error }) => error)).toEqual(prices.map(() => undefined));
      expect(sent).toEqual(prices.map(({ queriesPerRun }) => queriesPerRun));
      const spent = named(contents, 'tollgate_run_cost_explorer_usd');
      const usd = spent.reduce((sum, { value }) => sum + value, 0);
      expect(usd).toBeCloseTo(sent.reduce((sum, n) => sum + n, 0) / 100, 9);
      return `${sent.join(' + ')} requests, ${usd.toFixed(2)} USD`;
    },
  };
}

function capRow(row: string, injected: string, faults: readonly AwsFault[]): Row {
  const cap = 4;
  return {
    row,
    injected: `${injected}; maxRequests ${cap}`,
    expected: 'request_cap, no request more, nothing partial',
    run: () =>
      inScene(async (scene) => {
        const settings = { maxRequests: cap };
        const ran = await scene.run('user-costs', { faults, pageSize: 1, settings });
        const contents = await scene.contents();
        const sent = costExplorerRequests(ran.requests).length;
        expect(sent).toBe(cap);
        expect(healthOf(contents, 'user-costs').failures).toEqual([
          'resource_costs request_cap',
          'user_costs request_cap',
        ]);
        expect(contents.groups).toEqual(['tollgate']);
        return `request_cap after ${sent}; 0 cost groups`;
      }),
  };
}
