import {
  CostExplorerClient,
  GetCostAndUsageCommand,
  type GetCostAndUsageCommandInput,
  GetCostAndUsageWithResourcesCommand,
  type ResultByTime,
} from '@aws-sdk/client-cost-explorer';
import { IAMClient } from '@aws-sdk/client-iam';
import { ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import {
  type SimulatedAws,
  type SimulatedAwsOptions,
  startSimulatedAws,
} from '../../../lib/local/aws/server';
import type { Bill, Charge } from '../../../lib/local/bill/bill';

export const ACCOUNT = '111122223333';
export const COMPUTE = 'Amazon Elastic Compute Cloud - Compute';
export const EVERYTHING = [
  'ce:GetCostAndUsage',
  'ce:GetCostAndUsageWithResources',
  'iam:ListUsers',
  'secretsmanager:GetSecretValue',
  'tag:GetResources',
];

export function charge(different: Partial<Charge> = {}): Charge {
  return {
    day: '2026-03-10',
    service: COMPUTE,
    region: 'eu-west-1',
    resourceId: 'i-0a',
    tags: {},
    usd: '1',
    recordType: 'Usage',
    ...different,
  };
}

export function bill(different: Partial<Bill> = {}): Bill {
  const asOf = new Date('2026-03-15T06:00:00Z');
  return { accountId: ACCOUNT, asOf, charges: [], users: [], resources: [], notes: [], ...different };
}

const running: SimulatedAws[] = [];

/** A caller `collector` with the access key AKIACOLLECTOR may do everything, unless the test says otherwise. */
export async function simulate(different: Partial<SimulatedAwsOptions> = {}): Promise<SimulatedAws> {
  const callers = [{ accessKeyId: 'AKIACOLLECTOR', name: 'collector', actions: EVERYTHING }];
  const aws = await startSimulatedAws({ bill: bill(), callers, ...different });
  running.push(aws);
  return aws;
}

export async function stopAll(): Promise<void> {
  await Promise.all(running.splice(0).map((aws) => aws.stop()));
}

/** The SDK's own clients, one of each service. */
export function clients({ url }: SimulatedAws, { accessKeyId = 'AKIACOLLECTOR', region = 'eu-west-1' } = {}) {
  const credentials = { accessKeyId, secretAccessKey: 'secret' };
  const configuration = { endpoint: url, region, credentials, maxAttempts: 1 };
  return {
    costExplorer: new CostExplorerClient(configuration),
    iam: new IAMClient(configuration),
    tagging: new ResourceGroupsTaggingAPIClient(configuration),
    secrets: new SecretsManagerClient(configuration),
  };
}

export type CostInput = Partial<GetCostAndUsageCommandInput> & { readonly withResources?: boolean };

/** Days of March 2026 by default, in one sum. */
export function askCosts(aws: SimulatedAws, { withResources, ...different }: CostInput) {
  const input: GetCostAndUsageCommandInput = {
    TimePeriod: { Start: '2026-03-01', End: '2026-03-15' },
    Granularity: 'MONTHLY',
    Metrics: ['UnblendedCost'],
    ...different,
  };
  const { costExplorer } = clients(aws);
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
