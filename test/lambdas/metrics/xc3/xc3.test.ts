import fc from 'fast-check';
import { COLLECTORS, type CollectorName } from '../../../../lambdas/catalog/collectors';
import type { JobName } from '../../../../lambdas/catalog/jobs';
import { OTHER } from '../../../../lambdas/catalog/metrics';
import { exposition } from '../../../../lambdas/metrics/exposition';
import { type Group, groupId } from '../../../../lambdas/metrics/group';
import { toRegistry } from '../../../../lambdas/metrics/registry';
import { xc3Profile } from '../../../../lambdas/metrics/xc3';
import { hostileText } from '../../../support/hostile-text';
import {
  ACCOUNT_NAMES,
  allRoles,
  FOUND,
  HOME,
  missingTags,
  months,
  OTHER_ACCOUNT,
  projects,
  RUN,
  resourceCosts,
  roleResources,
  services,
  usage,
  userCosts,
  xc3Groups,
} from './findings';

const PROFILE = xc3Profile({ accountNames: ACCOUNT_NAMES });
const COLLECTOR_NAMES = Object.keys(COLLECTORS) as CollectorName[];
const IRELAND = { account_id: HOME, region: 'eu-west-1' };

const names = (groups: readonly Group[]) => groups.map(({ job, groupingKey }) => ({ job, ...groupingKey }));
const labelsIn = (groups: readonly Group[]) =>
  groups.flatMap(({ samples }) => samples.map(({ labels }): Readonly<Record<string, string>> => labels));

describe('groups', () => {
  test('a member’s groups have the account as their key, unless the job names it', () => {
    const found = COLLECTOR_NAMES.flatMap((collector) => FOUND[collector]);
    expect(names(xc3Groups(found, { isMember: true }))).toEqual([
      { job: 'IAM_User_Details', account_id: HOME },
      { job: 'IAM_User_Total_Services_Cost_List_eu-west-1', account_id: HOME },
      { job: 'IAM_User_Total_Services_Cost_List_global', account_id: HOME },
      { job: 'IAM_User_Resource_List_Cost_eu-west-1', account_id: HOME },
      { job: 'IAM-roles-all', account_id: HOME },
      { job: 'IAM-roles-service-data', account_id: HOME },
      { job: 'Total_Account_Cost', account_id: `${HOME}-prod` },
      { job: 'Total_Account_Cost', account_id: `${OTHER_ACCOUNT}-test lab` },
      { job: `${HOME}-prod` },
      { job: 'Project-Spend-Cost', account_id: HOME },
      { job: 'atlas-Service', account_id: HOME },
      { job: 'Others-Service', account_id: HOME },
      { job: 'Others (tag)-Service', account_id: HOME },
      { job: 'billing $api-Service', account_id: HOME },
      { job: '__other__-Service', account_id: HOME },
      { job: 'TaggingResourceList', account_id: HOME },
    ]);
  });

  test.each([true, false])('no label contradicts the grouping key (member: %p)', async (isMember) => {
    for (const group of COLLECTOR_NAMES.flatMap((collector) => xc3Groups(FOUND[collector], { isMember })))
      await expect(exposition(toRegistry(group))).resolves.toBeDefined();
  });

  test('merged groups keep their state after an incomplete run', () => {
    const found = COLLECTOR_NAMES.flatMap((collector) => FOUND[collector]);
    expect(names(xc3Groups(found, { complete: false }))).toEqual([
      { job: 'IAM_User_Details' },
      { job: 'IAM_User_Total_Services_Cost_List_eu-west-1' },
      { job: 'IAM_User_Total_Services_Cost_List_global' },
      { job: 'IAM_User_Resource_List_Cost_eu-west-1' },
      { job: 'IAM-roles-all' },
      { job: 'Project-Spend-Cost' },
    ]);
  });

  test('a merged group keeps its state while a Region of it is unavailable; without costs it says so', () => {
    const jobs = (unavailable: JobName[]) =>
      names(xc3Groups(FOUND.roles, { unavailable })).map(({ job }) => job);
    expect(jobs(['IAM-roles-service-data', 'IAM-roles-service-cost'])).toEqual(['IAM-roles-all']);
    expect(jobs(['IAM-roles-service-cost'])).toEqual(['IAM-roles-all', 'IAM-roles-service-data']);
  });

  test('a group without a row is not pushed, so a complete run deletes it', () => {
    expect(xc3Groups([userCosts(IRELAND, { [OTHER]: 5 }), missingTags(IRELAND, {})])).toEqual([]);
  });

  test.each(COLLECTOR_NAMES)(
    'every group of %s is among the possible ones, except those named after projects',
    (collector) => {
      for (const isMember of [false, true]) {
        const account = { accountId: HOME, isMember };
        const possible = new Set(PROFILE.possible(collector, account).map(groupId));
        const own = FOUND[collector].filter(({ groupingKey }) => groupingKey.account_id === HOME);
        const impossible = xc3Groups(own, account).filter((group) => !possible.has(groupId(group)));
        expect(impossible.filter(({ job }) => !job.endsWith('-Service'))).toEqual([]);
      }
    },
  );

  test.each<[CollectorName, readonly object[]]>([
    ['iam-users', [{ job: 'IAM_User_Details', groupingKey: {} }]],
    ['accounts', [{ job: 'Total_Account_Cost', groupingKey: {} }]],
    ['services', [{ job: `${HOME}-prod`, groupingKey: {} }]],
    ['projects', [{ job: 'Project-Spend-Cost', groupingKey: {} }]],
    ['tags', [{ job: 'TaggingResourceList', groupingKey: {} }]],
    ['digest', []],
  ])('the possible groups of %s are known', (collector, possible) => {
    expect(PROFILE.possible(collector, { accountId: HOME, isMember: false })).toEqual(possible);
  });

  test('a member never names a group of the home account', () => {
    const of = (accountId: string, isMember: boolean) =>
      COLLECTOR_NAMES.flatMap((collector) => PROFILE.possible(collector, { accountId, isMember })).map(
        groupId,
      );
    const home = new Set(of(HOME, false));
    expect(of(OTHER_ACCOUNT, true).filter((id) => home.has(id))).toEqual([]);
  });
});

describe('accounts', () => {
  const run = (scheduledTime: string) => ({ scheduledTime: new Date(scheduledTime) });

  test('on 1 January the months of the previous year are shown', () => {
    const charges = { '2025-11 Usage': 1, '2025-12 Usage': 2, '2026-01 Usage': 3, '2024-12 Usage': 4 };
    const found = [months(HOME, charges, Date.parse('2026-01-01') / 1000)];
    const shown = labelsIn(xc3Groups(found, run('2026-01-01T07:00:00Z'))).map(({ month, cost }) => [
      month,
      cost,
    ]);
    expect(shown).toEqual([
      ['November', '1.0'],
      ['December', '2.0'],
    ]);
  });

  test('a closed account keeps its months, in the one group or in a group of its own', () => {
    const found = [months(HOME, { '2026-01 Usage': 1 }), months(OTHER_ACCOUNT, { '2026-01 Usage': 2 })];
    const shown = (isMember: boolean) =>
      xc3Groups(found, { isMember }).map(({ samples }) => samples.map(({ value }) => value));
    expect([shown(false), shown(true)]).toEqual([[[1, 2]], [[1], [2]]]);
  });

  test('without a known end the period ends at the day of the schedule', () => {
    const [group] = [months(HOME, { '2025-12 Usage': 2, '2026-01 Usage': 3 })];
    const samples = group?.samples.filter(({ metric }) => !metric.startsWith('tollgate_')) ?? [];
    const found = [{ job: 'Total_Account_Cost', groupingKey: { account_id: HOME }, samples }];
    expect(labelsIn(xc3Groups(found, run('2026-01-01T23:59:59Z'))).map(({ month }) => month)).toEqual([
      'December',
    ]);
    expect(labelsIn(xc3Groups(found, run('2026-01-02T00:00:00Z'))).map(({ month }) => month)).toEqual([
      'January',
    ]);
  });

  test('an account without a name has its id as its name, in labels and jobs', () => {
    const { groups } = xc3Profile({ accountNames: { [HOME]: '' } });
    const [month] = groups(FOUND.accounts, RUN);
    const [top] = groups(FOUND.services, RUN);
    expect(month?.samples[0]?.labels).toEqual({ month: 'January', cost: '0.3', account_id: HOME });
    expect(top?.job).toBe(HOME);
  });
});

describe('services', () => {
  test('the top five services are those with the highest cost, compared as numbers', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { maxLength: 12 }), (costs) => {
        const found = services(IRELAND, Object.fromEntries(costs.map((usd, i) => [`service ${i}`, usd])));
        const shown = xc3Groups([found]).flatMap(({ samples }) => samples.map(({ value }) => value));
        expect(shown).toEqual([...costs].sort((a, b) => b - a).slice(0, 5));
      }),
    );
  });
});

describe('projects', () => {
  const shownAs = (...tags: string[]) =>
    labelsIn(xc3Groups([projects(Object.fromEntries(tags.map((tag) => [tag, { A: 1 }])))])).flatMap(
      ({ project_spend_project }) => project_spend_project ?? [],
    );

  test('a tag keeps all of its dollar signs', () => {
    expect(shownAs('$a$b$', 'a')).toEqual(['$a$b$', 'a']);
  });

  test('no tag value is confused with untagged cost', () => {
    expect(shownAs('', 'Others', 'Others (tag)', 'others')).toEqual([
      'Others',
      'Others (tag)',
      'Others (tag) (tag)',
      'others',
    ]);
  });

  test.each([
    ['atlas', 'atlas_Services_Cost'],
    ['data-lake', 'data_lake_Services_Cost'],
    ['2026', '_2026_Services_Cost'],
    ['Zürich 😀', 'Z_rich___Services_Cost'],
    ['a:b', 'a:b_Services_Cost'],
  ])('the services of the project %s are in the metric %s', (tag, metric) => {
    const group = xc3Groups([projects({ [tag]: { A: 1 } })]).find(({ job }) => job === `${tag}-Service`);
    expect(group?.samples.map((sample) => sample.metric)).toEqual([metric]);
  });

  test('aggregated usage does not belong to a project and is not subtracted from one', () => {
    const rest = { project: OTHER, service: OTHER, usage_type: OTHER, unit: OTHER, usd: 2 };
    const [, group, ...more] = xc3Groups([projects({ atlas: { A: 5 } }), usage([rest])]);
    expect(more).toEqual([]);
    expect(group?.samples.map(({ value }) => value)).toEqual([5]);
  });

  test('any tag values are distinct projects whose costs add up', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(hostileText(), { minLength: 1, maxLength: 8 }), async (tags) => {
        const groups = xc3Groups([projects(Object.fromEntries(tags.map((tag) => [tag, { A: 1, B: 2 }])))]);
        expect(new Set(groups.map(groupId)).size).toBe(tags.length + 1);
        expect(
          groups.flatMap(({ samples }) => samples.map(({ value }) => value)).reduce((a, b) => a + b),
        ).toBe(6 * tags.length);
        for (const group of groups) await exposition(toRegistry(group));
      }),
    );
  });
});

describe('roles', () => {
  const states = (rows: Parameters<typeof roleResources>[1], roles: Parameters<typeof allRoles>[0] = {}) =>
    labelsIn(xc3Groups([...roleResources(IRELAND, rows), allRoles(roles)]))
      .filter(({ TimeSlot }) => TimeSlot)
      .map((labels) => [
        labels.iam_role_of_service,
        labels.iam_role_service_resource_id,
        labels.iam_role_service_cost,
        labels.iam_role_service_state,
      ]);

  test('an instance has one row, with the possible next action', () => {
    const instance = (resource: string, state: string) => ({ role: 'web', resource, state, usd: 1 });
    const rows = ['running', 'stopped', 'pending', 'stopping', 'shutting-down', 'terminated'].map(
      (state, i) => instance(`i-${i}`, state),
    );
    expect(states(rows)).toEqual([
      ['web', 'ec2:instance/i-0', '1.0', 'Stop'],
      ['web', 'ec2:instance/i-1', '1.0', 'Start'],
    ]);
  });

  test('a role has no row `None` while its instances change their state', () => {
    expect(states([{ role: 'web', resource: 'i-0', state: 'stopping' }], { web: 'eu-west-1' })).toEqual([]);
  });

  test('a cost that was not requested is not 0', () => {
    expect(states([{ role: 'web', resource: 'i-0', state: 'running' }])).toEqual([
      ['web', 'ec2:instance/i-0', 'N/A', 'Stop'],
    ]);
  });

  test('no role is reported as idle if rows were aggregated', () => {
    const rest = { role: OTHER, service: OTHER, resource: OTHER };
    expect(states([rest], { web: 'eu-west-1', [OTHER]: undefined })).toEqual([]);
  });
});

describe('resources', () => {
  const lambda = `arn:aws:lambda:eu-west-1:${HOME}:function:resize`;

  test('resources with the same short id are one row, with the exact sum', () => {
    const versions = [`${lambda}:1`, `${lambda}:2`].map((resource, i) => ({
      service: 'lambda',
      resource,
      usd: [0.1, 0.2][i] ?? 0,
    }));
    const [group] = xc3Groups([resourceCosts(IRELAND, versions)]);
    expect(group?.samples).toEqual([
      {
        metric: 'IAM_USER_Resource_Cost_List',
        help: 'IAM User Resource List And Cost',
        labels: {
          Query_Time: '2026-03-02 12:02:02',
          user: 'alice',
          region: 'eu-west-1 (Ireland)',
          resource: 'lambda:function:resize',
          cumulative_cost: '0.3',
          account_id: HOME,
        },
        value: 0.3,
      },
    ]);
  });

  test('resources with any ids add up for each user', async () => {
    const cost = fc.record({
      user: fc.constantFrom('alice', 'bob'),
      service: fc.constantFrom('ec2', 'unknown'),
      resource: hostileText(),
      usd: fc.integer(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(cost, { minLength: 1 }), async (costs) => {
        const [group] = xc3Groups([resourceCosts(IRELAND, costs)]);
        for (const user of ['alice', 'bob']) {
          const shown = group?.samples.filter(({ labels }) => 'user' in labels && labels.user === user) ?? [];
          const given = costs.filter((one) => one.user === user);
          expect(sum(shown.map(({ value }) => value))).toBe(sum(given.map(({ usd }) => usd)));
        }
        if (group) await exposition(toRegistry(group));
      }),
    );
  });

  test('resources without required tags have one row for each short id, whatever tags they lack', () => {
    const arns = [`arn:aws:s3:::b`, `arn:aws-cn:s3:::b`, 'arn:aws:sns:eu-west-1:1:topic:x:y', 'no arn'];
    const found = missingTags(IRELAND, Object.fromEntries(arns.map((arn) => [arn, ['Owner', 'Project']])));
    expect(labelsIn(xc3Groups([found])).map(({ resource }) => resource)).toEqual([
      's3:b',
      'sns:topic:x:y',
      'no arn',
    ]);
  });
});

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}
