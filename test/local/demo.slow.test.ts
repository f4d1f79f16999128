import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import Big from 'big.js';
import { COLLECTORS } from '../../lambdas/catalog/collectors';
import type { Bill } from '../../lib/local/bill/bill';
import { readFocusBill } from '../../lib/local/bill/focus';
import { demo } from '../../lib/local/demo';
import type { DemoOptions } from '../../lib/local/demo-options';
import type { DemoPorts, Outcome } from '../../lib/local/demo-world';
import { MissingProgramError } from '../../lib/local/servers/programs';
import type { Summary } from '../../lib/local/summary';
import { seriesIn } from '../support/exposition-lines';

const folder = mkdtempSync(path.join(tmpdir(), 'tollgate-demo-'));
afterAll(() => rmSync(folder, { recursive: true }));

const DEFAULTS: DemoOptions = {
  once: true,
  rounds: 1,
  seed: 1,
  users: 12,
  regions: 3,
  resources: 4,
  members: 0,
  deny: [],
  gateway: true,
  resourceData: true,
  at: new Date('2026-03-01T06:00:00Z'),
};

test.concurrent('one round pushes a job for each Region, its sums equal the bill, and no gap is left', async () => {
  const { outcome, summary, series } = await once();
  expect(outcome).toBe('complete');
  expect(summary).toMatchObject({ costExplorerQueries: 10, costExplorerRequests: 10, failures: [] });
  const { regions } = summary;
  expect(summary.jobs).toEqual([...ofUsers(regions), ...OF_RESOURCES(regions), ...REST(regions)].sort());
  expect(summary.totalUsd).toBe(summary.billUsd);
  expect(summary.totalUsd).toBeGreaterThan(0);
  const gaps = series.filter(({ name }) => name === 'tollgate_breakdown_gap_usd');
  expect(gaps.map(({ labels, value }) => `${labels.breakdown} ${labels.region} ${value}`).sort()).toEqual(
    [
      'account  0',
      'project  0',
      ...['resource', 'service', 'service_effective', 'user'].flatMap((breakdown) =>
        regions.map((region) => `${breakdown} ${region} 0`),
      ),
    ].sort(),
  );
});

test.concurrent('a second round and several pages per answer change only requests and health', async () => {
  const [onePage, paged] = await Promise.all([
    once(),
    run({ rounds: 2, pages: 20, maxRequests: 200, out: path.join(folder, 'paged') }),
  ]);
  expect(paged.outcome).toBe('complete');
  expect(paged.summary.costExplorerQueries).toBe(10);
  expect(paged.summary.costExplorerRequests).toBeGreaterThan(20);
  expect(facts(paged.series)).toEqual(facts(onePage.series));
});

test.concurrent('a denied part is named, and everything else is pushed', async () => {
  const { outcome, summary, progress } = await run({
    deny: ['ce:GetCostAndUsageWithResources'],
    out: path.join(folder, 'denied'),
  });
  expect(outcome).toBe('incomplete');
  expect(progress.filter((line) => line.startsWith('failed'))).toEqual([
    expect.stringMatching(
      /^failed: user-costs: incomplete run: resource_costs: User: arn:aws:sts::\d+:assumed-role\/\S+ is not authorized to perform: ce:GetCostAndUsageWithResources .*\(denied\)$/,
    ),
  ]);
  const { regions } = summary;
  expect(summary.jobs).toEqual([...ofUsers(regions), ...REST(regions)].sort());
  expect(summary.totalUsd).toBe(summary.billUsd);
});

test.concurrent('the error about a missing gateway names its URL and the cause', async () => {
  const { outcome, progress } = await run({ gateway: false });
  expect(outcome).toBe('incomplete');
  const failed = progress.filter((line) => line.startsWith('failed: '));
  // Without a gateway there is no Prometheus for the digest.
  const pushing = Object.keys(COLLECTORS).filter((name) => name !== 'digest');
  expect(failed.map((line) => line.split(': ')[1]).sort()).toEqual(pushing.sort());
  const cause =
    /no answer from the Pushgateway at http:\/\/127\.0\.0\.1:(\d+): connect ECONNREFUSED 127\.0\.0\.1:\1 \(gateway\)$/;
  expect(failed.filter((line) => !cause.test(line))).toEqual([]);
  expect(failed.find((line) => line.includes('iam-users'))).toMatch(
    /: push IAM_User_Details, health tollgate: no answer/,
  );
});

test.concurrent('each member is entered by a role, and has its own groups and health', async () => {
  const { outcome, series, summary } = await run({ members: 2, out: path.join(folder, 'members') });
  expect(outcome).toBe('complete');
  const healthy = series.filter(({ name }) => name === 'tollgate_run_incomplete');
  expect(healthy.every(({ value }) => value === 0)).toBe(true);
  const entered = Object.keys(COLLECTORS).filter((name) => name !== 'accounts' && name !== 'digest');
  const [own, ...members] = [...new Set(healthy.map(({ labels }) => labels.account_id ?? ''))].sort();
  expect(own).toBe('111122223333');
  for (const member of members)
    expect(
      healthy.flatMap(({ labels }) => (labels.account_id === member ? [labels.collector] : [])).sort(),
    ).toEqual(entered.sort());
  expect(Object.values(summary.gapsUsd)).toEqual([0, 0, 0, 0, 0, 0]);
});

test.concurrent('the costs of a FOCUS export by owner and Region equal the sums of the file', async () => {
  const file = path.join(folder, 'focus.csv');
  writeFileSync(file, FOCUS);
  const { outcome, series } = await run({
    focus: file,
    ownerTag: 'team',
    lookback: 30,
    out: path.join(folder, 'focus'),
  });
  expect(outcome).toBe('complete');
  const published = series
    .filter(({ name }) => name === 'aws_user_billed_cost_usd')
    .map(({ labels, value }) => [labels.user_name, labels.region, value]);
  expect(published.sort()).toEqual(sums(await readFocusBill(file), 'team').sort());
});

const MISSING = new MissingProgramError(['prometheus', 'promtool'], {
  searchPath: '/usr/bin',
  cacheFolder: '.cache/servers',
  reason: 'apt-get is not on PATH',
});
const findNothing = () => Promise.reject(MISSING);

test.concurrent('without servers, --once prints the groups between two hints', async () => {
  const { outcome, progress, printed } = await run({}, { find: findNothing });
  expect(outcome).toBe('incomplete');
  expect(progress).toEqual([
    `${MISSING.message}\nwithout them, the functions print what they would push`,
    'synthesising the app and bundling its functions …',
    'invoking 7 schedules …',
    '',
    'failed: missing: prometheus and promtool (apt-get install prometheus prometheus-pushgateway, or https://prometheus.io/download/)',
  ]);
  expect(seriesIn(printed).length).toBeGreaterThan(500);
  expect(printed.split('\n').filter((line) => !/^(#|\w+(\{.*\})? \S+$|$)/.test(line))).toEqual([]);
});

test('an interruption ends the demo and stops its servers', async () => {
  const interruption = new AbortController();
  const progress: string[] = [];
  const outcome = run(
    {},
    {
      signal: interruption.signal,
      progress: (line) => {
        progress.push(line);
        if (line.startsWith('synthesising')) setTimeout(() => interruption.abort(), 100);
      },
    },
  );
  expect((await outcome).outcome).toBe('interrupted');
  expect(progress.filter((line) => /^(invoking|failed)/.test(line))).toEqual([]);
  const [started = ''] = progress.filter((line) => line.startsWith('started'));
  for (const [url = ''] of started.matchAll(/http:\S+/g))
    await expect(fetch(url)).rejects.toThrow('fetch failed');
});

/** Jobs of users, of resources, and all others. */
const ofUsers = (regions: readonly string[]) =>
  regions.map((region) => `IAM_User_Total_Services_Cost_List_${region}`);
const OF_RESOURCES = (regions: readonly string[]) =>
  regions.map((region) => `IAM_User_Resource_List_Cost_${region}`);
const REST = (regions: readonly string[]) => [
  'IAM-roles-all',
  ...regions.filter((region) => region !== 'NoRegion').map((region) => `IAM-roles-service-data_${region}`),
  'IAM_User_Details',
  'Linked_Accounts',
  'Project-Spend-Cost',
  ...regions.map((region) => `Services_Cost_${region}`),
  ...regions
    .filter((region) => !REGIONLESS.includes(region))
    .map((region) => `TaggingResourceList_${region}`),
  'Total_Account_Cost',
  'Total_Account_Cost_Forecast',
  'tollgate',
  'tollgate_success',
];
const REGIONLESS = ['global', 'NoRegion'];

const HEADER =
  'BilledCost,BillingCurrency,ChargeCategory,ChargePeriodStart,ChargePeriodEnd,ProviderName,RegionId,ResourceId,ServiceName,Tags';
const FOCUS = `${HEADER}
1.25,USD,Usage,2024-09-01 00:00:00,2024-09-01 01:00:00,AWS,eu-west-1,i-0a1,Amazon Elastic Compute Cloud,"{""team"": ""red""}"
0.00000000001,USD,Usage,2024-09-29 00:00:00,2024-09-29 01:00:00,AWS,eu-west-1,i-0a1,Amazon Elastic Compute Cloud,"{""team"": ""red""}"
-3,USD,Credit,2024-09-30 00:00:00,2024-09-30 01:00:00,AWS,NULL,NULL,AWS Support,NULL
2.5,USD,Usage,2024-09-30 23:00:00,2024-10-01 00:00:00,AWS,us-east-1,i-0a2,Amazon Elastic Compute Cloud,"{""team"": ""a$b""}"
9,USD,Usage,2024-09-30 23:00:00,2024-10-01 00:00:00,Microsoft,westeurope,x,Virtual Machines,NULL
`;

/** Returns the cost of each owner in each Region; a Region without unattributed cost has 0 for it. */
function sums({ charges }: Bill, tag: string): unknown[][] {
  const costs = new Map<string, Big>();
  for (const { region } of charges) costs.set(JSON.stringify(['__unattributed__', region]), new Big(0));
  for (const { tags, region, usd } of charges) {
    const key = JSON.stringify([tags[tag] ?? '__unattributed__', region]);
    costs.set(key, (costs.get(key) ?? new Big(0)).plus(usd));
  }
  return [...costs].map(([key, usd]) => [...JSON.parse(key), usd.toNumber()]);
}

interface Ran {
  readonly outcome: Outcome;
  readonly summary: Summary;
  readonly series: ReturnType<typeof seriesIn>;
  readonly progress: readonly string[];
  readonly printed: string;
}

let first: Promise<Ran> | undefined;
/** Resolves with one round with the default options; several tests compare with it. */
function once(): Promise<Ran> {
  first ??= run({ out: path.join(folder, 'one') });
  return first;
}

async function run(options: Partial<DemoOptions>, ports: Partial<DemoPorts> = {}): Promise<Ran> {
  const progress: string[] = [];
  const printed: string[] = [];
  const outcome = await demo(
    { ...DEFAULTS, ...options },
    {
      print: (text) => void printed.push(text),
      progress: (line) => void progress.push(line),
      signal: new AbortController().signal,
      ...ports,
    },
  );
  const read = (file: string) =>
    options.out && options.gateway !== false ? readFileSync(path.join(options.out, file), 'utf8') : undefined;
  return {
    outcome,
    progress,
    printed: printed.join(''),
    summary: JSON.parse(read('summary.json') ?? '{}') as Summary,
    series: seriesIn(read('gateway.txt') ?? ''),
  };
}

/** Returns the series of the functions, without their health and without the gateway's own metrics. */
function facts(series: Ran['series']): Ran['series'] {
  return series.filter(
    ({ name, labels }) => /^(aws|tollgate)_/.test(name) && !/^tollgate/.test(labels.job ?? ''),
  );
}
