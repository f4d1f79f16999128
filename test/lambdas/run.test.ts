import { requestMeter } from '../../lambdas/aws/request-meter';
import type { Findings } from '../../lambdas/collector';
import { deadlinesOf } from '../../lambdas/deadlines';
import { type Group, group, groupId } from '../../lambdas/metrics/group';
import { tollgateProfile } from '../../lambdas/metrics/profile';
import { sample } from '../../lambdas/metrics/sample';
import { demandComplete, type Run, run } from '../../lambdas/run';
import type { Sink } from '../../lambdas/sinks/sink';
import { ACCOUNT, groupText } from '../support/exposition';

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
  expect(calls.map((call) => call.split('\n')[0])).toEqual([
    'put {"job":"IAM_User_Total_Services_Cost_List_us-east-1","account_id":"111122223333"}',
    'put {"job":"tollgate","account_id":"111122223333","collector":"user-costs"}',
  ]);
  expect(
    calls.at(-1)?.replace(/^# .*\n/gm, ''),
  ).toBe(`put {"job":"tollgate","account_id":"111122223333","collector":"user-costs"}
tollgate_run_start_timestamp_seconds{account_id="111122223333",collector="user-costs"} 1772344801

tollgate_run_duration_seconds{account_id="111122223333",collector="user-costs"} 0

tollgate_run_incomplete{account_id="111122223333",collector="user-costs"} 1

tollgate_run_failures{account_id="111122223333",collector="user-costs",part="resource_costs",reason="denied"} 1
tollgate_run_failures{account_id="111122223333",collector="user-costs",part="push",reason="other"} 1

tollgate_run_aws_requests{account_id="111122223333",collector="user-costs",service="IAM",operation="ListUsers",outcome="ok"} 1

tollgate_run_cost_explorer_usd{account_id="111122223333",collector="user-costs"} 0

tollgate_resource_data_available{account_id="111122223333",collector="user-costs"} 1
`);
  expect(() => demandComplete('user-costs', [report])).toThrow(
    'user-costs: incomplete run: resource_costs: not authorized (denied); push IAM_User_Total_Services_Cost_List_eu-west-1: refused (other)',
  );
});

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
  expect(calls.every((call) => call.split('\n')[0]?.endsWith('"deployment":"blue"}'))).toBe(true);
});

function cost(region: string): Group {
  const labels = { account_id: ACCOUNT, region };
  return group('IAM_User_Total_Services_Cost_List', labels, [
    sample('aws_user_billed_cost_usd', { ...labels, user_name: 'alice' }, 1),
  ]);
}

function userCostsRun({ sink, found }: { sink: Sink; found: Findings }): Run {
  const meter = requestMeter(30);
  meter.count('IAM', 'ListUsers', 'ok');
  return {
    name: 'user-costs',
    accountId: ACCOUNT,
    isMember: false,
    profile: tollgateProfile,
    partition: 'aws',
    suiteAccounts: [],
    scheduledTime: new Date('2026-03-01T06:00:00Z'),
    collect: async () => found,
    sink,
    meter,
    deadlines: deadlinesOf(60_000),
    now: () => STARTED,
  };
}

function recorder({ refuse }: { refuse?: string } = {}): { calls: string[]; sink: Sink } {
  const calls: string[] = [];
  const sink: Sink = {
    async put(pushed) {
      if (pushed.job === refuse) throw new Error('refused');
      calls.push(`put ${await groupText(pushed)}`);
    },
    async delete({ job, groupingKey }) {
      calls.push(`delete ${JSON.stringify({ job, ...groupingKey })}`);
    },
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

test('a group that a covered account no longer has goes', async () => {
  const { calls, sink } = recorder();
  const found = { groups: [], failures: [], covers: [ACCOUNT, '222233334444'] };
  await run({ ...userCostsRun({ sink, found }), name: 'accounts' });
  expect(calls).toContain('delete {"job":"Total_Account_Cost","account_id":"222233334444"}');
  expect(calls).not.toContain('delete {"job":"tollgate","account_id":"222233334444","collector":"accounts"}');
});

test('whatever was pushed of a closed account goes, of every collector', async () => {
  const { calls, sink } = recorder();
  const found = { groups: [], failures: [], closedAccounts: ['333344445555'] };
  await run({ ...userCostsRun({ sink, found }), name: 'accounts' });
  const deleted = calls
    .filter((call) => call.startsWith('delete'))
    .map((call) => call.slice('delete '.length));
  expect(deleted).toEqual(
    expect.arrayContaining([
      '{"job":"Total_Account_Cost","account_id":"111122223333"}',
      '{"job":"Total_Account_Cost","account_id":"333344445555"}',
      '{"job":"Services_Cost_eu-west-1","account_id":"333344445555"}',
      '{"job":"tollgate_success","account_id":"333344445555","collector":"user-costs"}',
    ]),
  );
  expect(deleted).not.toContain('{"job":"Services_Cost_eu-west-1","account_id":"111122223333"}');
});

test('groups are equal whatever the order of the grouping key', () => {
  expect(groupId({ job: 'a', groupingKey: { x: '1', y: '2' } })).toBe(
    groupId({ job: 'a', groupingKey: { y: '2', x: '1' } }),
  );
});
