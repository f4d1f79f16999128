import type { ResultByTime } from '@aws-sdk/client-cost-explorer';
import fc from 'fast-check';
import { tollgateProfile } from '../../lambdas/metrics/profile';
import { answeredBy, type CostQuery } from '../../lib/backfill/cost-queries';
import { pastGroups } from '../../lib/backfill/past-run';
import { planOf } from '../../lib/backfill/plan';
import { recordedCosts } from '../../lib/backfill/recorded-costs';
import { costExplorer } from '../../lib/local/aws/cost-explorer/operations';
import type { Charge } from '../../lib/local/bill/bill';
import { addDays, daysFrom } from '../../lib/local/bill/day';
import { chargeOf, MEMBER_ID, memberOf, organizationBill } from '../support/bill';
import { ACCOUNT, AWS, suiteWith } from './suite';

const TODAY = '2026-03-20';

const amount = fc
  .tuple(
    fc.constantFrom('', '-'),
    fc.integer({ min: 0, max: 999 }),
    fc.integer({ min: 0, max: 9_999_999_999 }),
  )
  .map(([sign, whole, fraction]) => `${sign}${whole}.${String(fraction).padStart(10, '0')}`);

const tags = fc.record(
  {
    Owner: fc.constantFrom('ana', '', '$', '__other__'),
    Project: fc.constantFrom('atlas', 'a$b'),
    'aws:createdBy': fc.constantFrom('IAMUser:AIDA1:ana', 'AssumedRole:AROA1:ci'),
  },
  { requiredKeys: [] },
);

const charges: fc.Arbitrary<Charge[]> = fc.array(
  fc
    .record({
      accountId: fc.constantFrom('111122223333', MEMBER_ID),
      day: fc.integer({ min: 1, max: 80 }).map((days) => addDays(TODAY, -days)),
      service: fc.constantFrom('A', 'B', 'C'),
      region: fc.constantFrom('eu-west-1', 'global', 'NoRegion'),
      usd: amount,
      effectiveUsd: amount,
      recordType: fc.constantFrom('Usage', 'Credit', 'Tax'),
      usageType: fc.constantFrom('Hours', ''),
      quantity: amount,
      unit: fc.constantFrom('Hrs', 'GB-Mo', ''),
      tags,
    })
    .map(chargeOf),
  { maxLength: 60 },
);

const SUITE = suiteWith({
  attribution: ['owner-tag', 'created-by'],
  projectUsageTypes: ['atlas', ''],
  regions: ['eu-west-1', 'global'],
});

test('a recorded answer equals that of Cost Explorer for every query that the collectors send', async () => {
  const { runs, queries } = await planOf(SUITE, daysFrom('2026-02-25', addDays(TODAY, 1)));
  const someRuns = fc.shuffledSubarray([...runs], { maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(charges, someRuns, async (ofBill, some) => {
      const ask = costExplorerOf(ofBill);
      const recorded = recordedCosts(queries.map(({ query }) => ({ query, results: ask(query) })));
      const aws = answeredBy(AWS, (query) => {
        const answer = recorded(query);
        expect(answer.ResultsByTime).toEqual(ask(query));
        return answer;
      });
      for (const run of some) await pastGroups(SUITE, run, { aws, profile: tollgateProfile });
    }),
    { numRuns: 60 },
  );
});

/** Returns the simulated Cost Explorer of a payer, without a network. */
function costExplorerOf(ofBill: readonly Charge[]): (query: CostQuery) => ResultByTime[] {
  const bill = organizationBill({ asOf: new Date(`${TODAY}T09:00:00Z`), charges: ofBill });
  const { 'ce:GetCostAndUsage': operation } = costExplorer(bill, { ...ALL, now: () => bill.asOf });
  const identity = {
    accessKeyId: '',
    name: '',
    actions: [],
    accountId: ACCOUNT,
    role: '',
    sessionToken: undefined,
  };
  const context = { region: '', identity, account: memberOf({ accountId: ACCOUNT }) };
  return (query) => operation?.answer({ ...query }, context).ResultsByTime as ResultByTime[];
}

const ALL = {
  pageSize: Number.MAX_SAFE_INTEGER,
  resourceDataEnabled: true,
  resourceLimits: {},
  forecastAvailable: true,
};
