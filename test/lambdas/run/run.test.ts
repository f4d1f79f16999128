import { requestMeter } from '../../../lambdas/aws/request-meter';
import { COLLECTORS } from '../../../lambdas/catalog/collectors';
import type { Findings, Unavailable } from '../../../lambdas/collector';
import { type Group, group, groupId, possibleJobs } from '../../../lambdas/metrics/group';
import { type Profile, type ProfileRun, tollgateProfile } from '../../../lambdas/metrics/profile';
import { sample } from '../../../lambdas/metrics/sample';
import { xc3Profile } from '../../../lambdas/metrics/xc3';
import { deadlinesOf } from '../../../lambdas/run/deadlines';
import type { Run } from '../../../lambdas/run/ports';
import { demandComplete, run } from '../../../lambdas/run/run';
import type { Sink } from '../../../lambdas/sinks/sink';
import { ACCOUNT, registeredText } from '../../support/exposition';
import { memoryStore } from '../../support/memory-store';
import { gatewaySink } from '../../support/suite-sink';

const NOTHING: Findings = { groups: [], failures: [] };
const STARTED = new Date('2026-03-01T06:00:01Z');

test('a complete run pushes its groups, deletes those without a subject, and pushes its health and success last', async () => {
  const { calls, sink } = recorder();
  const report = await run(
    userCostsRun({ sink, found: { groups: [cost('eu-west-1')], failures: [], periodEnd: 1772323200 } }),
  );
  expect(report).toEqual({
    accountId: ACCOUNT,
    covers: [],
    groupsPushed: 1,
    seriesPushed: 1,
    failures: [],
  });
  expect(calls.filter((call) => call.startsWith('put')).map((call) => call.split('\n')[0])).toEqual([
    'put {"job":"IAM_User_Total_Services_Cost_List_eu-west-1","account_id":"111122223333"}',
    'put {"job":"tollgate","account_id":"111122223333","collector":"user-costs"}',
    'put {"job":"tollgate_success","account_id":"111122223333","collector":"user-costs"}',
  ]);
  expect(calls).toContain(
    'delete {"job":"IAM_User_Total_Services_Cost_List_us-east-1","account_id":"111122223333"}',
  );
  expect(calls).toContain(
    'delete {"job":"IAM_User_Resource_List_Cost_eu-west-1","account_id":"111122223333"}',
  );
  expect(calls).toContain(
    'delete {"job":"IAM_User_Resource_List_Cost_NoRegion","account_id":"111122223333"}',
  );
  expect(calls).not.toContain(
    'delete {"job":"IAM_User_Total_Services_Cost_List_eu-west-1","account_id":"111122223333"}',
  );
  expect(calls.slice(-2).map((call) => call.split('"')[3])).toEqual(['tollgate', 'tollgate_success']);
});

test('an incomplete run deletes nothing, keeps the success time, counts its failures by reason, and throws', async () => {
  const { calls, sink } = recorder({ refuse: 'IAM_User_Total_Services_Cost_List_eu-west-1' });
  const found: Findings = {
    groups: [cost('eu-west-1'), cost('us-east-1')],
    failures: [{ part: 'resource_costs', reason: 'denied', message: 'not authorized' }],
    resourceDataAvailable: true,
  };
  const report = await run(userCostsRun({ sink, found }));
  expect(report).toMatchObject({ groupsPushed: 1, seriesPushed: 1 });
  expect(calls.map((call) => call.split('\n')[0])).toEqual([
    'put {"job":"IAM_User_Total_Services_Cost_List_us-east-1","account_id":"111122223333"}',
    'put {"job":"tollgate","account_id":"111122223333","collector":"user-costs"}',
  ]);
  expect(
    calls
      .at(-1)
      ?.replace(/^# .*\n/gm, '')
      .replace(/\n+.*_duration_seconds_bucket[\s\S]*/, '\n'),
  ).toBe(`put {"job":"tollgate","account_id":"111122223333","collector":"user-costs"}
tollgate_run_start_timestamp_seconds{account_id="111122223333",collector="user-costs"} 1772344801

tollgate_run_duration_seconds{account_id="111122223333",collector="user-costs"} 0

tollgate_run_incomplete{account_id="111122223333",collector="user-costs"} 1

tollgate_run_failures{account_id="111122223333",collector="user-costs",part="resource_costs",reason="denied",sink=""} 1
tollgate_run_failures{account_id="111122223333",collector="user-costs",part="push",reason="other",sink="recorder"} 1

tollgate_run_groups_pushed{account_id="111122223333",collector="user-costs"} 1

tollgate_run_series_pushed{account_id="111122223333",collector="user-costs"} 1

tollgate_run_aws_requests{account_id="111122223333",collector="user-costs",service="IAM",operation="ListUsers",outcome="ok"} 1

tollgate_run_cost_explorer_usd{account_id="111122223333",collector="user-costs"} 0

tollgate_resource_data_available{account_id="111122223333",collector="user-costs"} 1
`);
  expect(() => demandComplete('user-costs', [report])).toThrow(
    expect.objectContaining({
      name: 'IncompleteRunError',
      message:
        'user-costs: incomplete run: resource_costs: not authorized (denied); push IAM_User_Total_Services_Cost_List_eu-west-1: at recorder: refused (other)',
    }),
  );
});

test.each<[string, Findings, { refuse?: string }]>([
  [
    'a part that could not be read',
    { groups: [cost('eu-west-1')], failures: [{ part: 'users', reason: 'denied', message: 'no' }] },
    {},
  ],
  [
    'a push that was refused',
    { groups: [cost('eu-west-1')], failures: [] },
    { refuse: 'IAM_User_Total_Services_Cost_List_eu-west-1' },
  ],
])('after %s nothing is deleted and no success is pushed', async (_, found, refusal) => {
  const { calls, sink } = recorder(refusal);
  await run(userCostsRun({ sink, found }));
  const said = calls.map(nameIn);
  expect(said.filter((call) => !call.includes('Cost_List'))).toEqual([
    'put {"job":"tollgate","account_id":"111122223333","collector":"user-costs"}',
  ]);
  expect(said.filter((call) => call.startsWith('delete'))).toEqual([]);
});

test('a group that cannot be deleted is a failure of its own, after which no success is pushed', async () => {
  const { calls, sink } = recorder({ refuse: 'IAM_User_Details' });
  const report = await run({ ...userCostsRun({ sink, found: NOTHING }), name: 'iam-users' });
  expect(report.failures).toEqual([
    { part: 'delete', subject: 'IAM_User_Details', sink: 'recorder', reason: 'other', message: 'refused' },
  ]);
  expect(calls.map(nameIn)).toEqual([
    'put {"job":"tollgate","account_id":"111122223333","collector":"iam-users"}',
  ]);
});

test.each<[string, Findings]>([
  ['complete', { groups: [], failures: [] }],
  ['incomplete', { groups: [], failures: [{ part: 'users', reason: 'denied', message: 'no' }] }],
])('a %s run whose health cannot be pushed reports it, and pushes no success', async (_, found) => {
  const { calls, sink } = recorder({ refuse: 'tollgate' });
  const report = await run(userCostsRun({ sink, found }));
  expect(report.failures).toEqual([
    ...found.failures,
    { part: 'health', subject: 'tollgate', sink: 'recorder', reason: 'other', message: 'refused' },
  ]);
  expect(calls.filter((call) => call.startsWith('put'))).toEqual([]);
});

test.each<[string, Findings, boolean]>([
  ['complete', { groups: [], failures: [] }, true],
  ['incomplete', { groups: [], failures: [{ part: 'users', reason: 'denied', message: 'no' }] }, false],
])(
  'the profile knows the account and the time of a %s run, and that it is %s',
  async (_, found, complete) => {
    const runs: ProfileRun[] = [];
    const profile: Profile = {
      ...tollgateProfile,
      groups(groups, run) {
        runs.push(run);
        return groups;
      },
    };
    const { sink } = recorder();
    await run({ ...userCostsRun({ sink, found }), profile });
    expect(runs).toMatchObject([
      { accountId: ACCOUNT, isMember: false, scheduledTime: new Date('2026-03-01T06:00:00Z'), complete },
    ]);
  },
);

test('a cause that affects many groups is reported once', () => {
  const failures = ['a', 'b', 'c', 'd'].map(
    (subject) => ({ part: 'push', subject, reason: 'gateway', message: 'no answer' }) as const,
  );
  expect(() =>
    demandComplete('user-costs', [
      { accountId: ACCOUNT, covers: [], groupsPushed: 0, seriesPushed: 0, failures },
    ]),
  ).toThrow('user-costs: incomplete run: push a, push b, push c and 1 more: no answer (gateway)');
});

test('a group without samples is not pushed but deleted', async () => {
  const { calls, sink } = recorder();
  const found = { groups: [group('IAM_User_Details', { account_id: ACCOUNT }, [])], failures: [] };
  await run({ ...userCostsRun({ sink, found }), name: 'iam-users' });
  expect(calls.map((call) => call.split('\n')[0])).toEqual([
    'delete {"job":"IAM_User_Details","account_id":"111122223333"}',
    'put {"job":"tollgate","account_id":"111122223333","collector":"iam-users"}',
    'put {"job":"tollgate_success","account_id":"111122223333","collector":"iam-users"}',
  ]);
});

test('the deployment is in the grouping key of every group', async () => {
  const { calls, sink } = recorder();
  await run({
    ...userCostsRun({ sink, found: { groups: [cost('eu-west-1')], failures: [] } }),
    deployment: 'blue',
  });
  expect(calls.map(nameIn).filter((call) => call.startsWith('put'))).toEqual([
    'put {"job":"IAM_User_Total_Services_Cost_List_eu-west-1","account_id":"111122223333","deployment":"blue"}',
    'put {"job":"tollgate","account_id":"111122223333","collector":"user-costs","deployment":"blue"}',
    'put {"job":"tollgate_success","account_id":"111122223333","collector":"user-costs","deployment":"blue"}',
  ]);
  const deleted = calls.filter((call) => call.startsWith('delete'));
  expect(
    deleted.filter((call) => !call.endsWith(',"account_id":"111122223333","deployment":"blue"}')),
  ).toEqual([]);
  expect(deleted).not.toEqual([]);
});

function cost(region: string): Group {
  const labels = { account_id: ACCOUNT, region };
  return group('IAM_User_Total_Services_Cost_List', labels, [
    sample('aws_user_billed_cost_usd', { ...labels, user_name: 'alice' }, 1),
  ]);
}

function userCostsRun({ sink, found }: { sink: Sink; found: Findings }): Run {
  const meter = requestMeter(30, () => 0);
  meter.begin('IAM', 'ListUsers')('ok');
  return {
    name: 'user-costs',
    accountId: ACCOUNT,
    isMember: false,
    profile: tollgateProfile,
    partition: 'aws',
    suiteAccounts: [],
    scheduledTime: new Date('2026-03-01T06:00:00Z'),
    collect: async () => found,
    sinks: [gatewaySink(sink)],
    meter,
    ledger: memoryStore(),
    leaseUntil: new Date('2026-03-01T06:10:00Z'),
    replace: false,
    pays: true,
    deadlines: deadlinesOf(60_000),
    now: () => STARTED,
  };
}

/** Returns the first line of a call: what was put or deleted. */
function nameIn(call: string): string {
  return call.split('\n')[0] ?? '';
}

function recorder({ refuse }: { refuse?: string } = {}): { calls: string[]; sink: Sink } {
  const calls: string[] = [];
  const sink: Sink = {
    id: 'recorder',
    groupingLabels: {},
    async put(pushed) {
      if (pushed.job === refuse) throw new Error('refused');
      calls.push(`put ${await registeredText(pushed)}`);
    },
    async delete({ job, groupingKey }) {
      if (job === refuse) throw new Error('refused');
      calls.push(`delete ${JSON.stringify({ job, ...groupingKey })}`);
    },
    check: async () => {},
    stored: async () => undefined,
  };
  return { calls, sink };
}

test('a failure in another account is reported with the account', () => {
  const report = (accountId: string, message: string) => ({
    accountId,
    covers: [],
    groupsPushed: 0,
    seriesPushed: 0,
    failures: [{ part: 'users', reason: 'denied', message } as const],
  });
  const reports = [report(ACCOUNT, 'here'), report('222233334444', 'there')];
  expect(() => demandComplete('iam-users', reports)).toThrow(
    'iam-users: incomplete run: users: here (denied); account 222233334444: users: there (denied)',
  );
});

test('a run that another account answers for deletes nothing, and is complete', async () => {
  const { calls, sink } = recorder();
  await run(userCostsRun({ sink, found: { groups: [], failures: [], answeredElsewhere: true } }));
  expect(calls.map((call) => call.split('"')[3])).toEqual(['tollgate', 'tollgate_success']);
});

/** A profile with one group for each collector and account, whose job says which. */
const ONE_GROUP_EACH: Profile = {
  groups: (found) => found,
  possible: (collector, { accountId, isMember }) => [
    { job: `${collector} of ${isMember ? 'member' : 'own'} ${accountId}`, groupingKey: {} },
  ],
};

async function deletedBy(found: Findings): Promise<string[]> {
  const { calls, sink } = recorder();
  await run({ ...userCostsRun({ sink, found }), name: 'accounts', profile: ONE_GROUP_EACH });
  return calls.filter((call) => call.startsWith('delete')).map((call) => call.slice('delete '.length));
}

test('a group that the own or a covered account no longer has is deleted, once', async () => {
  expect(await deletedBy({ ...NOTHING, covers: [ACCOUNT, '222233334444'] })).toEqual([
    '{"job":"accounts of own 111122223333"}',
    '{"job":"accounts of member 222233334444"}',
    '{"job":"tollgate","account_id":"222233334444","collector":"accounts"}',
    '{"job":"tollgate_success","account_id":"222233334444","collector":"accounts"}',
  ]);
});

test('every group of a closed account is deleted, of every collector and with its health', async () => {
  const collectors = Object.keys(COLLECTORS);
  expect(await deletedBy({ ...NOTHING, closedAccounts: ['333344445555'] })).toEqual([
    '{"job":"accounts of own 111122223333"}',
    ...collectors.flatMap((collector) => [
      `{"job":"${collector} of member 333344445555"}`,
      `{"job":"tollgate","account_id":"333344445555","collector":"${collector}"}`,
      `{"job":"tollgate_success","account_id":"333344445555","collector":"${collector}"}`,
    ]),
  ]);
});

test('a group that the run pushes for a closed account stays', async () => {
  const groups = [group('Total_Account_Cost', { account_id: '333344445555' }, [MONTH])];
  const { calls, sink } = recorder();
  const found = { groups, failures: [], covers: ['333344445555'], closedAccounts: ['333344445555'] };
  await run({ ...userCostsRun({ sink, found }), name: 'accounts' });
  const deleted = calls.filter((call) => call.startsWith('delete') && call.includes('333344445555'));
  expect(deleted.filter((call) => call.includes('Total_Account_Cost"'))).toEqual([]);
  expect(deleted).toContain('delete {"job":"Linked_Accounts","account_id":"333344445555"}');
});

test.each<[string, Unavailable, string[]]>([
  [
    'of one Region',
    { part: 'resource_costs', jobs: ['IAM_User_Resource_List_Cost'], region: 'eu-west-1' },
    ['IAM_User_Resource_List_Cost_eu-west-1'],
  ],
  [
    'of every Region',
    { part: 'resource_costs', jobs: ['IAM_User_Resource_List_Cost'] },
    possibleJobs('IAM_User_Resource_List_Cost'),
  ],
])('unavailable data %s is no failure, and its groups stay', async (_, unavailable, kept) => {
  const { calls, sink } = recorder();
  const report = await run(userCostsRun({ sink, found: { ...NOTHING, unavailable: [unavailable] } }));
  expect(report.failures).toEqual([]);
  const deleted = calls.filter((call) => call.startsWith('delete'));
  const jobs = deleted.flatMap((call) => /"job":"([^"]+)"/.exec(call)?.[1] ?? []);
  const possible = [
    ...possibleJobs('IAM_User_Total_Services_Cost_List'),
    ...possibleJobs('IAM_User_Resource_List_Cost'),
  ];
  expect(jobs.sort()).toEqual(possible.filter((job) => !kept.includes(job)).sort());
  expect(calls.map(nameIn)).toContain(
    'put {"job":"tollgate_success","account_id":"111122223333","collector":"user-costs"}',
  );
});

test('unavailable data keeps the merged group of the profile xc3', async () => {
  const { calls, sink } = recorder();
  const unavailable: Unavailable[] = [{ part: 'tags', jobs: ['TaggingResourceList'], region: 'eu-west-1' }];
  const profile = xc3Profile({ accountNames: {} });
  await run({ ...userCostsRun({ sink, found: { ...NOTHING, unavailable } }), name: 'tags', profile });
  expect(calls.filter((call) => call.startsWith('delete'))).toEqual([]);
});

const MONTH = sample('aws_account_month_to_date_billed_cost_usd', { account_id: '333344445555' }, 0);

test('groups are equal whatever the order of the grouping key', () => {
  expect(groupId({ job: 'a', groupingKey: { x: '1', y: '2' } })).toBe(
    groupId({ job: 'a', groupingKey: { y: '2', x: '1' } }),
  );
});
