import type { CollectorName } from '../../../lambdas/catalog/collectors';
import type { SettingsInput } from '../../../lambdas/catalog/settings';
import type { AwsFault } from '../../../lib/local/aws/server';
import { BILL_ACCOUNT_ID, type Bill } from '../../../lib/local/bill/bill';
import { roleOf } from '../../support/bill';
import { billOf, ownedBy, smallBill } from '../bills';
import { type Contents, healthOf, named } from '../contents';
import type { Row } from '../row';
import { inScene, type RunOptions } from '../scene';

const BROKEN = 'eu-west-1';

interface Unreachable {
  readonly row: string;
  readonly collector: CollectorName;
  readonly action: string;
  /** The groups that keep what was published. */
  readonly kept: readonly string[];
}

/** Collectors that read a service Region by Region. */
const UNREACHABLE: readonly Unreachable[] = [
  {
    row: 'owners of one Region unreachable',
    collector: 'user-costs',
    action: 'tag:GetResources',
    kept: [`IAM_User_Resource_List_Cost_${BROKEN}`],
  },
  {
    row: 'tags of one Region unreachable',
    collector: 'tags',
    action: 'tag:GetResources',
    kept: [`TaggingResourceList_${BROKEN}`],
  },
  {
    row: 'instances of one Region unreachable',
    collector: 'roles',
    action: 'ec2:DescribeInstances',
    kept: [`IAM-roles-service-data_${BROKEN}`, 'IAM-roles-service-data_global'],
  },
];

interface NotReady {
  readonly row: string;
  readonly collector: CollectorName;
  readonly answer: Partial<RunOptions>;
  readonly settings?: Partial<SettingsInput>;
  /** The metric that has no new data. */
  readonly metric: string;
  readonly state: 'tollgate_resource_data_available' | 'tollgate_forecast_available';
}

/** Data that Cost Explorer may not have: switched off, or not ready today. */
const NOT_READY: readonly NotReady[] = [
  {
    row: 'resource costs not ready today',
    collector: 'user-costs',
    answer: { resourceDataEnabled: false },
    metric: 'aws_user_resource_billed_cost_usd',
    state: 'tollgate_resource_data_available',
  },
  {
    row: 'role costs not ready today',
    collector: 'roles',
    answer: { resourceDataEnabled: false },
    settings: { roleCosts: true },
    metric: 'aws_role_resource_billed_cost_usd',
    state: 'tollgate_resource_data_available',
  },
  {
    row: 'forecast not ready today',
    collector: 'accounts',
    answer: { forecastAvailable: false },
    metric: 'aws_account_month_forecast_billed_cost_usd',
    state: 'tollgate_forecast_available',
  },
];

export const UNAVAILABLE_ROWS: readonly Row[] = [
  ...UNREACHABLE.map(unreachableRow),
  ...NOT_READY.map(notReadyRow),
  ...NOT_READY.map(neverRow),
];

function unreachableRow({ row, collector, action, kept }: Unreachable): Row {
  return {
    row,
    injected: `after a complete run, ${BROKEN}: every ${action} is reset`,
    expected: 'complete; the groups of the Region stay',
    run: () =>
      inScene(async (scene) => {
        await scene.run(collector, { bill: world() });
        const before = await scene.contents();
        const faults: AwsFault[] = [{ action, region: BROKEN, kind: 'reset' }];
        const ran = await scene.run(collector, { bill: world(), faults });
        const after = await scene.contents();
        expect(ran.error).toBeUndefined();
        expect(healthOf(after, collector)).toMatchObject({ incomplete: 0, failures: [] });
        expect(after.groups).toEqual(before.groups);
        expect(after.groups).toEqual(expect.arrayContaining([...kept]));
        return `complete; ${kept.join(', ')} kept`;
      }),
  };
}

function notReadyRow({ row, collector, answer, settings, metric, state }: NotReady): Row {
  return {
    row,
    injected: 'after a complete run: DataUnavailableException',
    expected: 'complete, available = 0, every group and value stays',
    run: () =>
      inScene(async (scene) => {
        await scene.run(collector, { bill: world(), settings });
        const before = await scene.contents();
        const ran = await scene.run(collector, { bill: world(), settings, ...answer });
        const after = await scene.contents();
        expect(ran.error).toBeUndefined();
        expect(named(after, state)[0]?.value).toBe(0);
        expect(after.groups).toEqual(before.groups);
        expect(seriesOf(after, metric)).toEqual(seriesOf(before, metric));
        const series = seriesOf(after, metric).length;
        expect(series).toBeGreaterThan(0);
        return `complete, available = 0; ${series} of ${series} series kept`;
      }),
  };
}

function neverRow({ row, collector, answer, settings, metric, state }: NotReady): Row {
  return {
    row: row.replace('not ready today', 'never available'),
    injected: 'two runs: DataUnavailableException',
    expected: 'complete, available = 0, no failure and nothing since',
    run: () =>
      inScene(async (scene) => {
        const options = { bill: world(), settings, ...answer };
        await scene.run(collector, options);
        const ran = await scene.run(collector, options);
        const contents = await scene.contents();
        expect(ran.error).toBeUndefined();
        expect(healthOf(contents, collector)).toMatchObject({ incomplete: 0, failures: [] });
        expect(named(contents, state)[0]?.value).toBe(0);
        expect(seriesOf(contents, metric)).toEqual([]);
        expect(named(contents, 'tollgate_unavailable_since_timestamp_seconds')).toEqual([]);
        return 'complete, available = 0; no alarm';
      }),
  };
}

/** Returns a bill with history for a forecast, tagged instances under a role, and cost in two Regions. */
function world(): Bill {
  const profile = `arn:aws:iam::${BILL_ACCOUNT_ID}:instance-profile/web`;
  const places = [BROKEN, 'us-east-1'].map((region) => ({ region, id: `i-0${region}` }));
  const { charges } = billOf(
    places.map(({ region, id }) => ({ region, resourceId: id, ...ownedBy('ana'), usd: '2' })),
  );
  return {
    ...smallBill({ users: 0, regions: 1, resourcesPerUser: 0 }),
    charges: [...smallBill({ users: 0, regions: 1, resourcesPerUser: 0 }).charges, ...charges],
    roles: [
      roleOf('web', { instanceProfileArn: profile, trustedServices: ['ec2.amazonaws.com'] }),
      roleOf('job'),
    ],
    instances: places.map(({ region, id }) => ({
      region,
      instanceId: id,
      state: 'running',
      instanceProfileArn: profile,
    })),
    resources: places.map(({ region, id }) => ({
      region,
      arn: `arn:aws:ec2:${region}:${BILL_ACCOUNT_ID}:instance/${id}`,
      tags: { Owner: 'ana' },
    })),
    enabledRegions: [BROKEN, 'us-east-1'],
  };
}

function seriesOf(contents: Contents, metric: string): string[] {
  return named(contents, metric)
    .map(({ name, labels, value }) => `${name} ${JSON.stringify(labels)} ${value}`)
    .sort();
}
