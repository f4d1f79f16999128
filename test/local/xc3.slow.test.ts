import { generateBill } from '../../lib/local/bill/generated';
import { type LocalServers, startLocalServers } from '../../lib/local/servers/local-servers';
import { nextScrape, query } from '../../lib/local/servers/prometheus';
import type { Server } from '../../lib/local/servers/server';
import { seriesIn } from '../support/exposition-lines';
import { runRound } from '../support/local-round';
import { stopAfterAll } from '../support/stop';

/** Labels and job of each XC3 metric; the pattern of a job allows any Region or project. */
const CONTRACT: readonly (readonly [RegExp, string, RegExp])[] = [
  [/^IAM_Users$/, 'user_name user_arn user_id account_id', /^IAM_User_Details$/],
  [
    /^IAM_USER_Resource_Cost_List$/,
    'Query_Time user region resource cumulative_cost account_id',
    /^IAM_User_Resource_List_Cost_[\w-]+$/,
  ],
  [
    /^IAM_USER_Total_Services_Cost_List$/,
    'Query_Time user region resources_cost account_id',
    /^IAM_User_Total_Services_Cost_List_[\w-]+$/,
  ],
  [/^IAM_Role_All$/, 'iam_role_all iam_role_all_region iam_role_all_account', /^IAM-roles-all$/],
  [
    /^IAM_Role_Service$/,
    'TimeSlot iam_role_of_service iam_role_service_region iam_role_service_account iam_role_service_resource_id iam_role_service_cost iam_role_service_state',
    /^IAM-roles-service-data$/,
  ],
  [/^Total_Account_Cost$/, 'month cost account_id', /^Total_Account_Cost$/],
  [/^Project_Spend_Cost$/, 'project_spend_project project_spend_cost', /^Project-Spend-Cost$/],
  [
    /^\w+_Services_Cost$/,
    'project_spend_services project_spend_cost Usage_type Usage_Quantity Unit',
    /^.+-Service$/,
  ],
  [/^Expensive_Services_Detail$/, 'service cost region account_id', /^111122223333-Example Corp$/],
  [/^TaggingResourceList$/, 'resource region account_id', /^TaggingResourceList$/],
];

const bill = generateBill({
  seed: 1,
  users: 12,
  regions: 3,
  resourcesPerUser: 4,
  ownerTag: 'Owner',
  days: 31,
  asOf: new Date('2026-03-15T06:00:00Z'),
});
/** A user who owns an instance in Ireland. */
const USER = bill.charges.find(
  ({ region, resourceId, tags }) => region === 'eu-west-1' && resourceId.startsWith('i-') && tags.Owner,
)?.tags.Owner;

/** Queries of XC3's panels, with a chosen value for each variable. */
const PANELS: readonly string[] = [
  'sum by(month) (Total_Account_Cost{month=~"(January|February|March)", job="Total_Account_Cost"})',
  'Total_Account_Cost{job="Total_Account_Cost", account_id="111122223333-Example Corp"}',
  'Project_Spend_Cost{job="Project-Spend-Cost", project_spend_project="atlas"}',
  'Expensive_Services_Detail{job="111122223333-Example Corp", region="eu-west-1-Ireland"}',
  'topk(5, sum by(project_spend_services)(atlas_Services_Cost))',
  'sum by(project_spend_services) (atlas_Services_Cost)',
  'atlas_Services_Cost{project_spend_services="Amazon Elastic Compute Cloud - Compute"}',
  'IAM_Role_All{job="IAM-roles-all", iam_role_all_account="111122223333"}',
  'IAM_Role_Service{job="IAM-roles-service-data", iam_role_service_region="eu-west-1 (Ireland)"}',
  `IAM_USER_Resource_Cost_List{job=~"IAM_User_Resource_List_Cost_eu-west-1|IAM_User_Resource_List_Cost_ap-southeast-1", user="${USER}"}`,
  `IAM_USER_Total_Services_Cost_List {job=~"IAM_User_Total_Services_Cost_List_eu-west-1|IAM_User_Total_Services_Cost_List_ap-southeast-1", user="${USER}"}`,
  'IAM_Users{job="IAM_User_Details"}',
  'TaggingResourceList{region="eu-west-1 (Ireland)", account_id="111122223333"}',
];

let servers: LocalServers;
let gateway: Server;
let series: ReturnType<typeof seriesIn>;
beforeAll(async () => {
  servers = await stopAfterAll(startLocalServers({ gateway: true, progress: () => {} }));
  if (!servers.pushgateway) throw servers.missing;
  gateway = servers.pushgateway;
  await pushAsXc3();
  await runOnce();
  series = seriesIn(await (await fetch(`${gateway.url}/metrics`)).text());
});

test.each(CONTRACT)('%s has its labels and its job', (name, labels, job) => {
  const found = series.filter((one) => name.test(one.name));
  const shapes = found.map(({ labels: { job: ofGroup = '', instance, ...own } }) => ({
    labels: Object.keys(own).sort().join(' '),
    job: job.test(ofGroup),
    instance,
  }));
  expect(found.length).toBeGreaterThan(0);
  expect(new Set(shapes.map((shape) => JSON.stringify(shape)))).toEqual(
    new Set([JSON.stringify({ labels: labels.split(' ').sort().join(' '), job: true, instance: '' })]),
  );
});

test('the group that XC3 pushed is replaced, so users that no longer exist are gone', () => {
  const users = series.filter(({ name }) => name === 'IAM_Users').map(({ labels }) => labels.user_name);
  expect(users.sort()).toEqual(bill.users.map(({ userName }) => userName).sort());
});

test.each(PANELS)('%s has rows', async (expression) => {
  if (!servers.prometheus) throw servers.missing;
  expect((await query(servers.prometheus, expression)).length).toBeGreaterThan(0);
});

/** Pushes a group in the way of XC3, with its job as the only key. */
async function pushAsXc3(): Promise<void> {
  const body = 'IAM_Users{user_name="gone",user_arn="arn",user_id="AIDA",account_id="111122223333"} 0\n';
  const answer = await fetch(`${gateway.url}/metrics/job/IAM_User_Details`, {
    method: 'PUT',
    body: `# TYPE IAM_Users gauge\n${body}`,
  });
  expect(answer.status).toBe(200);
}

async function runOnce(): Promise<void> {
  const settings = {
    sinks: [{ type: 'pushgateway' as const, url: gateway.url }],
    metricProfile: 'xc3' as const,
    accountNames: { '111122223333': 'Example Corp' },
    projectUsageTypes: ['atlas', 'a$b'],
  };
  await runRound({ bill, settings });
  if (servers.prometheus) await nextScrape(servers.prometheus);
}
