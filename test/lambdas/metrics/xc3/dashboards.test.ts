import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { realPrograms } from '../../../support/real-servers';
import { FOUND, HOME, xc3Groups } from './findings';

const ACCOUNT = `${HOME}-prod`;
const USER_JOBS = (job: string) => `job=~"${job}_eu-west-1|${job}_ap-southeast-1"`;

/** Queries of XC3's dashboards, with a chosen value for each variable, and their number of rows. */
const PANELS: readonly (readonly [string, number])[] = [
  ['sum by(month) (Total_Account_Cost{month=~"(February|March)", job="Total_Account_Cost"})', 2],
  [`Total_Account_Cost{job="Total_Account_Cost", account_id="${ACCOUNT}"}`, 3],
  ['Project_Spend_Cost{job="Project-Spend-Cost", project_spend_project="atlas"}', 1],
  [`Expensive_Services_Detail{job="${ACCOUNT}", region="eu-west-1-Ireland"}`, 5],
  ['topk(5, sum by(project_spend_services)(atlas_Services_Cost))', 1],
  ['topk(5, sum by(project_spend_services)(Others_Services_Cost))', 1],
  ['atlas_Services_Cost{project_spend_services="Amazon S3"}', 2],
  [`IAM_Role_All{job="IAM-roles-all", iam_role_all_account="${HOME}"}`, 4],
  [
    'IAM_Role_Service{job="IAM-roles-service-data", iam_role_service_region="eu-west-1 (Ireland)", iam_role_of_service="web"}',
    2,
  ],
  [
    `IAM_USER_Resource_Cost_List{${USER_JOBS('IAM_User_Resource_List_Cost')}, region=~"eu-west-1 \\\\(Ireland\\\\)", user="alice"}`,
    4,
  ],
  [
    `IAM_USER_Total_Services_Cost_List{${USER_JOBS('IAM_User_Total_Services_Cost_List')}, region=~"eu-west-1 \\\\(Ireland\\\\)", user="alice"}`,
    1,
  ],
  ['IAM_Users{job="IAM_User_Details"}', 1],
  [`TaggingResourceList{region="eu-west-1 (Ireland)", account_id="${HOME}"}`, 2],
  // Each series is in one job, so a sum without a filter counts nothing twice.
  ['IAM_USER_Total_Services_Cost_List{user="alice", region="eu-west-1 (Ireland)"}', 1],
  ['IAM_USER_Resource_Cost_List{user="alice"}', 4],
];

test('every panel of XC3’s dashboards has rows', async () => {
  const input_series = xc3Groups(Object.values(FOUND).flat()).flatMap(({ job, groupingKey, samples }) =>
    samples.map(({ metric, labels, value }) => ({
      series: seriesName(metric, { job, ...groupingKey, ...labels }),
      values: `${value}`,
    })),
  );
  const promql_expr_test = PANELS.map(([expr, value]) => ({
    expr: `count(${expr})`,
    eval_time: '0m',
    exp_samples: [{ labels: '{}', value }],
  }));
  expect(await promtool({ interval: '1m', input_series, promql_expr_test })).toMatch(/SUCCESS/);
});

function seriesName(metric: string, labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}=${JSON.stringify(value)}`);
  return `${metric}{${pairs.join(',')}}`;
}

async function promtool(unitTest: object): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'tollgate-xc3-'));
  const file = path.join(folder, 'test.yml');
  writeFileSync(file, JSON.stringify({ rule_files: [], tests: [unitTest] }));
  try {
    const { promtool: program } = await realPrograms('promtool');
    return (await promisify(execFile)(program, ['test', 'rules', file])).stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
