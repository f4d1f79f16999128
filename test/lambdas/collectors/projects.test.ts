import Big from 'big.js';
import * as fc from 'fast-check';
import type { CollectorSettings } from '../../../lambdas/catalog/function-settings';
import { projects } from '../../../lambdas/collectors/projects/collector';
import type { ProjectsSource, ProjectUsage } from '../../../lambdas/collectors/projects/port';
import { projectCosts } from '../../../lambdas/collectors/projects/project-costs';
import { parseQuantity, sumUsd } from '../../../lambdas/domain/amounts';
import { anyCents, dollars } from '../../support/amounts';
import { ACCOUNT, exposition } from '../../support/exposition';

const SETTINGS: CollectorSettings<'projects'> = {
  projectTag: 'Project',
  projectDays: 30,
  settleDays: 1,
  projectUsageTypes: [],
  maxSeries: 100,
};
const AT = '2026-03-10T07:00:00Z';

test('publishes cost by project and by service; cost without the tag is project "", and names stay unchanged', async () => {
  const rows = [
    cost('atlas', 'EC2', 1.5),
    cost('atlas', 'EC2', 2), // The second row is in the other month of the window.
    cost('a$b – Zürich', 'S3', 0.1),
    cost('', 'Tax', 7),
    cost('free', 'S3', 0),
  ];
  expect(await samples(source(rows))).toBe(`{"job":"Project-Spend-Cost","account_id":"111122223333"}
aws_project_billed_cost_usd{project=""} 7
aws_project_billed_cost_usd{project="a$b – Zürich"} 0.1
aws_project_billed_cost_usd{project="atlas"} 3.5
aws_project_service_billed_cost_usd{project="",service="Tax"} 7
aws_project_service_billed_cost_usd{project="a$b – Zürich",service="S3"} 0.1
aws_project_service_billed_cost_usd{project="atlas",service="EC2"} 3.5
tollgate_aggregated_rows{region="",list="projects"} 0
tollgate_aggregated_rows{region="",list="project_services"} 0
tollgate_aggregated_usd{region="",list="projects"} 0
tollgate_aggregated_usd{region="",list="project_services"} 0
tollgate_breakdown_gap_usd{region="",breakdown="project"} 0
tollgate_breakdown_period_end_timestamp_seconds{region="",breakdown="project"} 1773100800
{"job":"Project-Usage","account_id":"111122223333"}
`);
});

test('beyond maxSeries the smallest projects are one row, and so are the smallest services; the limit holds exactly', async () => {
  const rows = ['a', 'b', 'c', 'd'].flatMap((project, i) => [
    cost(project, 'EC2', 10 * 2 ** i),
    cost(project, 'S3', 2 ** i),
  ]);
  const text = await samples(source(rows), { ...SETTINGS, maxSeries: 15 });
  expect(text.match(/^(aws_project|tollgate_aggregated).*$/gm)).toEqual([
    'aws_project_billed_cost_usd{project="c"} 44',
    'aws_project_billed_cost_usd{project="d"} 88',
    'aws_project_billed_cost_usd{project="__other__"} 33',
    'aws_project_service_billed_cost_usd{project="a",service="EC2"} 10',
    'aws_project_service_billed_cost_usd{project="b",service="EC2"} 20',
    'aws_project_service_billed_cost_usd{project="c",service="EC2"} 40',
    'aws_project_service_billed_cost_usd{project="d",service="EC2"} 80',
    'aws_project_service_billed_cost_usd{project="d",service="S3"} 8',
    'aws_project_service_billed_cost_usd{project="__other__",service="__other__"} 7',
    'tollgate_aggregated_rows{region="",list="projects"} 2',
    'tollgate_aggregated_rows{region="",list="project_services"} 3',
    'tollgate_aggregated_usd{region="",list="projects"} 33',
    'tollgate_aggregated_usd{region="",list="project_services"} 7',
  ]);
});

test('a tag with the reserved value __other__ does not name a project', async () => {
  const text = await samples(source([cost('__other__', 'EC2', 2), cost('', 'EC2', 1)]));
  expect(text.match(/^aws_project_billed.*$/gm)).toEqual(['aws_project_billed_cost_usd{project=""} 3']);
});

test('a row that is missing shows as the gap', async () => {
  const lossy = { ...source([cost('atlas', 'EC2', 1)]), total: async () => dollars('1.01') };
  expect(await samples(lossy)).toContain('tollgate_breakdown_gap_usd{region="",breakdown="project"} 0.01');
});

test('publishes the usage types of the chosen projects, with one quantity for each unit', async () => {
  const requested: string[] = [];
  const usage = async (_: string, __: unknown, project: string) => {
    requested.push(project);
    return [used(project, 'EU-BoxUsage', 2, '10', 'Hrs'), used(project, 'EU-BoxUsage', 1, '5.5', 'Hrs')];
  };
  const text = await samples({ ...source([]), usage }, { ...SETTINGS, projectUsageTypes: ['atlas', ''] });
  expect(requested).toEqual(['atlas', '']);
  expect(text).toContain(`{"job":"Project-Usage","account_id":"111122223333"}
aws_project_usage_billed_cost_usd{project="",service="EC2",usage_type="EU-BoxUsage",unit="Hrs"} 3
aws_project_usage_billed_cost_usd{project="atlas",service="EC2",usage_type="EU-BoxUsage",unit="Hrs"} 3
aws_project_usage_quantity{project="",service="EC2",usage_type="EU-BoxUsage",unit="Hrs"} 15.5
aws_project_usage_quantity{project="atlas",service="EC2",usage_type="EU-BoxUsage",unit="Hrs"} 15.5
`);
});

test('more usage types than maxSeries become one row of cost', async () => {
  const usage = async () => ['a', 'b', 'c'].map((type, i) => used('atlas', type, i + 1, '1', 'Hrs'));
  const text = await samples(
    { ...source([]), usage },
    { ...SETTINGS, projectUsageTypes: ['atlas'], maxSeries: 7 },
  );
  expect(text.match(/^(aws_project_usage|.*project_usage").*$/gm)).toEqual([
    'aws_project_usage_billed_cost_usd{project="atlas",service="EC2",usage_type="b",unit="Hrs"} 2',
    'aws_project_usage_billed_cost_usd{project="atlas",service="EC2",usage_type="c",unit="Hrs"} 3',
    'aws_project_usage_billed_cost_usd{project="__other__",service="__other__",usage_type="__other__",unit="__other__"} 1',
    'aws_project_usage_quantity{project="atlas",service="EC2",usage_type="b",unit="Hrs"} 1',
    'aws_project_usage_quantity{project="atlas",service="EC2",usage_type="c",unit="Hrs"} 1',
    'tollgate_aggregated_rows{region="",list="project_usage"} 1',
    'tollgate_aggregated_usd{region="",list="project_usage"} 1',
  ]);
});

test('usage that cannot be read does not affect the costs', async () => {
  const failing = { ...source([cost('atlas', 'EC2', 1)]), usage: () => Promise.reject(new Error('no')) };
  const text = await samples(failing, { ...SETTINGS, projectUsageTypes: ['atlas'] });
  expect(text).toContain('aws_project_billed_cost_usd{project="atlas"} 1');
  expect(text).toContain('failed: {"part":"project_usage","reason":"other","message":"no"}');
  expect(text).not.toContain('Project-Usage');
});

test('whatever the rows and the limit, both breakdowns add up to the total and the limit holds', () => {
  const row = fc.record({
    project: fc.constantFrom('', 'a', 'b', 'c d', '__other__', 'a$b', 'é'),
    service: fc.constantFrom('EC2', 'S3', 'Tax', 'SQS'),
    usd: anyCents,
  });
  fc.assert(
    fc.property(fc.array(row, { maxLength: 40 }), fc.integer({ min: 20, max: 60 }), (rows, maxSeries) => {
      const total = sumUsd(rows.map(({ usd }) => usd));
      const period = { start: '2026-02-08', end: '2026-03-10' };
      const { samples } = projectCosts({ accountId: ACCOUNT, period, rows, total, maxSeries });
      const sumOf = (metric: string) =>
        samples
          .filter((sample) => sample.metric === metric)
          .reduce((sum, { value }) => sum.plus(value), new Big(0));
      expect(samples.length).toBeLessThanOrEqual(maxSeries);
      expect(sumOf('aws_project_billed_cost_usd').toNumber()).toBe(total.toNumber());
      expect(sumOf('aws_project_service_billed_cost_usd').toNumber()).toBe(total.toNumber());
      expect(samples.find(({ metric }) => metric === 'tollgate_breakdown_gap_usd')?.value).toBe(0);
    }),
  );
});

function cost(project: string, service: string, usd: number) {
  return { project, service, usd: dollars(usd) };
}

function used(project: string, usageType: string, usd: number, amount: string, unit: string): ProjectUsage {
  return {
    ...cost(project, 'EC2', usd),
    usageType,
    quantity: parseQuantity({ Amount: amount, Unit: unit }, 'test'),
  };
}

function source(rows: readonly ReturnType<typeof cost>[]): ProjectsSource {
  return {
    costs: async () => rows,
    total: async () => sumUsd(rows.map(({ usd }) => usd)),
    usage: async () => [],
  };
}

/** Returns the exposition without comments and without the account. */
async function samples(from: ProjectsSource, settings = SETTINGS): Promise<string> {
  const text = await exposition(projects(from, settings), AT);
  return text.replace(/^(#.*)?\n/gm, '').replaceAll('account_id="111122223333",', '');
}
