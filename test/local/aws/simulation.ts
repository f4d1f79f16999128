import { AccountClient } from '@aws-sdk/client-account';
import {
  CostExplorerClient,
  GetCostAndUsageCommand,
  type GetCostAndUsageCommandInput,
  GetCostAndUsageWithResourcesCommand,
  type ResultByTime,
} from '@aws-sdk/client-cost-explorer';
import { EC2Client } from '@aws-sdk/client-ec2';
import { IAMClient } from '@aws-sdk/client-iam';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { STSClient } from '@aws-sdk/client-sts';
import {
  type SimulatedAws,
  type SimulatedAwsOptions,
  startSimulatedAws,
} from '../../../lib/local/aws/server';
import { emptyBill } from '../../support/bill';

export { chargeOf as charge, emptyBill as bill } from '../../support/bill';

export const ACCOUNT = '111122223333';
export const COMPUTE = 'Amazon Elastic Compute Cloud - Compute';
export const EVERYTHING = [
  'account:ListRegions',
  'ce:GetCostAndUsage',
  'ce:GetCostAndUsageWithResources',
  'ce:GetCostForecast',
  'ec2:DescribeInstances',
  'iam:GetAccountAuthorizationDetails',
  'iam:ListUsers',
  'organizations:DescribeOrganization',
  'organizations:ListAccounts',
  'secretsmanager:GetSecretValue',
  'sts:AssumeRole',
  'tag:GetResources',
];

const running: SimulatedAws[] = [];

/** A caller `collector` with the access key AKIACOLLECTOR may do everything, unless the test says otherwise. */
export async function simulate(different: Partial<SimulatedAwsOptions> = {}): Promise<SimulatedAws> {
  const callers = [{ accessKeyId: 'AKIACOLLECTOR', name: 'collector', actions: EVERYTHING }];
  const aws = await startSimulatedAws({ bill: emptyBill(), callers, ...different });
  running.push(aws);
  return aws;
}

export async function stopAll(): Promise<void> {
  await Promise.all(running.splice(0).map((aws) => aws.stop()));
}

export interface Client {
  readonly accessKeyId?: string;
  readonly region?: string;
  /** @default no session token, and a secret that nobody checks */
  readonly credentials?: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
}

/** The SDK's own clients, one of each service. */
export function clients(
  { url }: SimulatedAws,
  {
    accessKeyId = 'AKIACOLLECTOR',
    region = 'eu-west-1',
    credentials = { accessKeyId, secretAccessKey: 'secret' },
  }: Client = {},
) {
  const configuration = { endpoint: url, region, credentials, maxAttempts: 1 };
  return {
    account: new AccountClient(configuration),
    costExplorer: new CostExplorerClient(configuration),
    ec2: new EC2Client(configuration),
    iam: new IAMClient(configuration),
    organizations: new OrganizationsClient(configuration),
    sts: new STSClient(configuration),
    tagging: new ResourceGroupsTaggingAPIClient(configuration),
    secrets: new SecretsManagerClient(configuration),
  };
}

export type CostInput = Partial<GetCostAndUsageCommandInput> & { readonly withResources?: boolean };

/** Days of March 2026 by default, in one sum. */
export function askCosts(aws: SimulatedAws, { withResources, ...different }: CostInput, client?: Client) {
  const input: GetCostAndUsageCommandInput = {
    TimePeriod: { Start: '2026-03-01', End: '2026-03-15' },
    Granularity: 'MONTHLY',
    Metrics: ['UnblendedCost'],
    ...different,
  };
  const { costExplorer } = clients(aws, client);
  return withResources
    ? costExplorer.send(new GetCostAndUsageWithResourcesCommand({ ...input, Filter: input.Filter }))
    : costExplorer.send(new GetCostAndUsageCommand(input));
}

/** The results of every page, each page's apart. */
export async function costPages(aws: SimulatedAws, input: CostInput): Promise<ResultByTime[][]> {
  const pages: ResultByTime[][] = [];
  let NextPageToken: string | undefined;
  do {
    const page = await askCosts(aws, { ...input, NextPageToken });
    pages.push(page.ResultsByTime ?? []);
    NextPageToken = page.NextPageToken;
  } while (NextPageToken);
  return pages;
}

/** `2026-03-01 Owner$ana eu-west-1: 1.5` */
export function lines(results: readonly ResultByTime[]): string[] {
  return results.flatMap(({ TimePeriod, Groups = [] }) =>
    Groups.map(
      ({ Keys = [], Metrics }) =>
        `${TimePeriod?.Start} ${Keys.join(' ')}: ${Metrics?.UnblendedCost?.Amount ?? 'nothing'}`,
    ),
  );
}
