import type { GetCostAndUsageCommandInput, ResultByTime } from '@aws-sdk/client-cost-explorer';
import { LEDGER_ACTIONS } from '../../../lambdas/catalog/ledger';
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
  'aps:RemoteWrite',
  'ce:GetCostAndUsage',
  'ce:GetCostAndUsageWithResources',
  'ce:GetCostForecast',
  ...LEDGER_ACTIONS,
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

/** Starts a simulated AWS. By default the access key AKIACOLLECTOR belongs to `collector`, who may do everything. */
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
  /** @default no session token, and a secret that is not checked */
  readonly credentials?: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
}

/** Returns an SDK client of each service. Packages are loaded when they are needed, because all of them take most of a second. */
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
    get account() {
      const sdk: typeof import('@aws-sdk/client-account') = require('@aws-sdk/client-account');
      return new sdk.AccountClient(configuration);
    },
    get costExplorer() {
      return new (costs().CostExplorerClient)(configuration);
    },
    get dynamodb() {
      const sdk: typeof import('@aws-sdk/client-dynamodb') = require('@aws-sdk/client-dynamodb');
      return new sdk.DynamoDBClient(configuration);
    },
    get ec2() {
      const sdk: typeof import('@aws-sdk/client-ec2') = require('@aws-sdk/client-ec2');
      return new sdk.EC2Client(configuration);
    },
    get iam() {
      const sdk: typeof import('@aws-sdk/client-iam') = require('@aws-sdk/client-iam');
      return new sdk.IAMClient(configuration);
    },
    get organizations() {
      const sdk: typeof import('@aws-sdk/client-organizations') = require('@aws-sdk/client-organizations');
      return new sdk.OrganizationsClient(configuration);
    },
    get sts() {
      const sdk: typeof import('@aws-sdk/client-sts') = require('@aws-sdk/client-sts');
      return new sdk.STSClient(configuration);
    },
    get tagging() {
      const sdk: typeof import('@aws-sdk/client-resource-groups-tagging-api') = require('@aws-sdk/client-resource-groups-tagging-api');
      return new sdk.ResourceGroupsTaggingAPIClient(configuration);
    },
    get secrets() {
      const sdk: typeof import('@aws-sdk/client-secrets-manager') = require('@aws-sdk/client-secrets-manager');
      return new sdk.SecretsManagerClient(configuration);
    },
  };
}

function costs(): typeof import('@aws-sdk/client-cost-explorer') {
  return require('@aws-sdk/client-cost-explorer');
}

export type CostInput = Partial<GetCostAndUsageCommandInput> & { readonly withResources?: boolean };

/** Sends a cost query, by default for the total of 1 to 14 March 2026. */
export function queryCosts(aws: SimulatedAws, { withResources, ...different }: CostInput, client?: Client) {
  const input: GetCostAndUsageCommandInput = {
    TimePeriod: { Start: '2026-03-01', End: '2026-03-15' },
    Granularity: 'MONTHLY',
    Metrics: ['UnblendedCost'],
    ...different,
  };
  const { costExplorer } = clients(aws, client);
  return withResources
    ? costExplorer.send(new (costs().GetCostAndUsageWithResourcesCommand)({ ...input, Filter: input.Filter }))
    : costExplorer.send(new (costs().GetCostAndUsageCommand)(input));
}

/** Resolves with the results of each page. */
export async function costPages(aws: SimulatedAws, input: CostInput): Promise<ResultByTime[][]> {
  const pages: ResultByTime[][] = [];
  let NextPageToken: string | undefined;
  do {
    const page = await queryCosts(aws, { ...input, NextPageToken });
    pages.push(page.ResultsByTime ?? []);
    NextPageToken = page.NextPageToken;
  } while (NextPageToken);
  return pages;
}

/** Returns groups as lines such as `2026-03-01 Owner$ana eu-west-1: 1.5`. */
export function lines(results: readonly ResultByTime[]): string[] {
  return results.flatMap(({ TimePeriod, Groups = [] }) =>
    Groups.map(
      ({ Keys = [], Metrics }) =>
        `${TimePeriod?.Start} ${Keys.join(' ')}: ${Metrics?.UnblendedCost?.Amount ?? 'nothing'}`,
    ),
  );
}
