import type { CollectorName } from '../../../lambdas/catalog/collectors';
import type { AwsFault } from '../../../lib/local/aws/server';
import { smallBill } from '../bills';
import { facts } from '../contents';
import type { Row } from '../row';
import { inScene, type Scene } from '../scene';

const COSTS = 'ce:GetCostAndUsage';

/** Answers of Cost Explorer without data. */
const EMPTY: readonly AwsFault[] = [
  { action: 'ce:*', kind: 'without', member: 'ResultsByTime' },
  { action: 'ce:*', kind: 'no-periods' },
  { action: 'ce:*', kind: 'empty-body' },
  { action: COSTS, kind: 'last-period-missing' },
];

interface Incomplete {
  readonly row: string;
  readonly injected: string;
  readonly collector: CollectorName;
  readonly fault: AwsFault;
  /** Pattern in the error of the function. */
  readonly message: RegExp;
  /** @default bad_answer */
  readonly reason?: string;
}

const INCOMPLETE: readonly Incomplete[] = [
  {
    row: 'users without a list of users',
    injected: 'ListUsers: 200 without Users',
    collector: 'iam-users',
    fault: { action: 'iam:ListUsers', kind: 'without', member: 'Users' },
    message: /iam:ListUsers: expected Users/,
  },
  {
    row: 'user costs without a list of users',
    injected: 'ListUsers: 200 without Users',
    collector: 'user-costs',
    fault: { action: 'iam:ListUsers', kind: 'without', member: 'Users' },
    message: /iam:ListUsers: expected Users/,
  },
  {
    row: 'roles without a list of roles',
    injected: 'GetAccountAuthorizationDetails: 200 without RoleDetailList',
    collector: 'roles',
    fault: { action: 'iam:GetAccountAuthorizationDetails', kind: 'without', member: 'RoleDetailList' },
    message: /iam:GetAccountAuthorizationDetails: expected RoleDetailList/,
  },
  {
    row: 'instances without a list',
    injected: 'DescribeInstances: 200 without reservationSet',
    collector: 'roles',
    fault: { action: 'ec2:DescribeInstances', kind: 'without', member: 'reservationSet' },
    message: /ec2:DescribeInstances: expected Reservations/,
  },
  {
    row: 'Regions without a list',
    injected: 'ListRegions: 200 without Regions',
    collector: 'tags',
    fault: { action: 'account:ListRegions', kind: 'without', member: 'Regions' },
    message: /account:ListRegions: expected Regions/,
  },
  {
    row: 'tags without a list',
    injected: 'GetResources: 200 without ResourceTagMappingList',
    collector: 'tags',
    fault: { action: 'tag:GetResources', kind: 'without', member: 'ResourceTagMappingList' },
    message: /tag:GetResources: expected ResourceTagMappingList/,
  },
  {
    row: 'accounts without a list',
    injected: 'ListAccounts: 200 without Accounts',
    collector: 'accounts',
    fault: { action: 'organizations:ListAccounts', kind: 'without', member: 'Accounts' },
    message: /organizations:ListAccounts: expected Accounts/,
  },
  {
    row: 'forecast in another currency',
    injected: 'GetCostForecast: Total in CNY',
    collector: 'accounts',
    fault: { action: 'ce:GetCostForecast', kind: 'amount', amount: '100', unit: 'CNY' },
    message: /expected a decimal amount in USD, got "100" CNY/,
    reason: 'bad_amount',
  },
  {
    row: 'forecast without a total',
    injected: 'GetCostForecast: 200 without Total',
    collector: 'accounts',
    fault: { action: 'ce:GetCostForecast', kind: 'without', member: 'Total' },
    message: /ce:GetCostForecast: expected Total/,
  },
  {
    row: 'forecast without its interval',
    injected: 'GetCostForecast: 200 without ForecastResultsByTime',
    collector: 'accounts',
    fault: { action: 'ce:GetCostForecast', kind: 'without', member: 'ForecastResultsByTime' },
    message: /ce:GetCostForecast: expected ForecastResultsByTime/,
  },
  {
    row: 'no word whether costs are final',
    injected: 'every result without Estimated',
    collector: 'user-costs',
    fault: { action: COSTS, kind: 'no-estimated' },
    message: /expected Estimated to be true or false/,
  },
  {
    row: 'days stamped with a time',
    injected: 'every day as 2026-03-01T00:00:00Z',
    collector: 'user-costs',
    fault: { action: COSTS, kind: 'days-with-time' },
    message: /expected a result for one of the requested days, got \S+T00:00:00Z/,
  },
  {
    row: 'a result of another period',
    injected: 'the first day is one of 2017',
    collector: 'services',
    fault: { action: COSTS, kind: 'another-period' },
    message: /expected a result for one of the requested days, got 2017-/,
  },
  {
    row: 'results without groups',
    injected: 'every grouped result without Groups',
    collector: 'projects',
    fault: { action: COSTS, kind: 'no-groups' },
    message: /expected Groups/,
  },
  {
    row: 'sums without a total',
    injected: 'every result without Total',
    collector: 'projects',
    fault: { action: COSTS, kind: 'no-total' },
    message: /expected Total/,
  },
];

/** A member account keeps its organization, so that every list has members. */
const BILL = smallBill({ members: 1, months: 2 });

export const MISSING_ANSWER_ROWS: readonly Row[] = [
  ...(['user-costs', 'services', 'projects', 'accounts'] as const).map(emptyRow),
  ...INCOMPLETE.map(incompleteRow),
];

function emptyRow(collector: CollectorName): Row {
  return {
    row: `empty answers: ${collector}`,
    injected: 'CE: {}, no results, no body, a period less',
    expected: 'bad_answer four times, every series as before',
    run: () =>
      inScene(async (scene) => {
        const before = await calmFacts(scene, collector);
        for (const fault of EMPTY) {
          const { reasons } = await broken(scene, collector, fault);
          expect(await differenceFrom(before, scene)).toEqual([]);
          expect(reasons).toEqual(['bad_answer']);
        }
        return `bad_answer; ${before.length} series before and after`;
      }),
  };
}

function incompleteRow({ row, injected, collector, fault, message, reason = 'bad_answer' }: Incomplete): Row {
  return {
    row,
    injected,
    expected: `${reason}, what is missing named, series as before`,
    run: () =>
      inScene(async (scene) => {
        const before = await calmFacts(scene, collector);
        const { reasons, error } = await broken(scene, collector, fault);
        expect(await differenceFrom(before, scene)).toEqual([]);
        expect(error).toMatch(message);
        expect(reasons).toEqual([reason]);
        return `${reason}; ${before.length} series before and after`;
      }),
  };
}

async function calmFacts(scene: Scene, collector: CollectorName): Promise<string[]> {
  const { error } = await scene.run(collector, { bill: BILL });
  expect(error).toBeUndefined();
  return facts(await scene.contents());
}

/** Runs the collector with the fault, and resolves with its error and the reasons of its failures, each once. */
async function broken(scene: Scene, collector: CollectorName, fault: AwsFault) {
  const { error, failures = [] } = await scene.run(collector, { bill: BILL, faults: [fault] });
  return {
    error: error?.errorMessage ?? 'no error',
    reasons: [...new Set(failures.map((failure) => failure.split(' ')[1]))],
  };
}

/** Returns the number of series that are gone or new, and the first of them. */
async function differenceFrom(before: readonly string[], scene: Scene): Promise<string[]> {
  const after = new Set(facts(await scene.contents()));
  const lost = before.filter((fact) => !after.has(fact));
  return lost.length > 0 ? [`${lost.length} of ${before.length} series lost or changed`] : [];
}
