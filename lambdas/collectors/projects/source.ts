import {
  CostExplorerClient,
  type Expression,
  GetCostAndUsageCommand,
  type GroupDefinition,
} from '@aws-sdk/client-cost-explorer';
import type { AwsAccess } from '../../aws/access';
import {
  type CostQuery,
  costRows,
  ofAccount,
  rowsOf,
  tagValue,
  USAGE,
  withoutTag,
} from '../../aws/cost-explorer';
import type { Settings } from '../../catalog/settings';
import { sumCosts } from '../../domain/amounts';
import type { ProjectsSource } from './port';

/** Sends two Cost Explorer queries per run, and one more for each project with usage types. */
export function projectsSource(
  aws: AwsAccess,
  { projectTag, regions }: Pick<Settings, 'projectTag' | 'regions'>,
): ProjectsSource {
  const client = aws.client(CostExplorerClient);
  return {
    async costs(accountId, period) {
      const groupBy = [{ Type: 'TAG', Key: projectTag }, SERVICE] satisfies GroupDefinition[];
      const query = { ...QUERIES.costs, groupBy, period, filter: ofAccount(accountId, regions) };
      const rows = await costRows(client, query, aws.signal);
      return rows.map(({ keys: [key = '', service = ''], usd }) => ({
        project: tagValue(key, projectTag, query.metric),
        service,
        usd,
      }));
    },

    async total(accountId, period) {
      const query = { ...QUERIES.total, period, filter: ofAccount(accountId, regions) };
      const rows = await costRows(client, query, aws.signal);
      return sumCosts(rows);
    },

    async usage(accountId, period, project) {
      const filter = ofAccount(accountId, regions, taggedWith(projectTag, project));
      const query = { ...QUERIES.usage, period, filter, amounts: USAGE };
      const rows = await rowsOf(client, query, aws.signal);
      return rows.map(({ keys: [service = '', usageType = ''], usd, quantity }) => ({
        project,
        service,
        usageType,
        usd,
        quantity,
      }));
    },
  };
}

function taggedWith(Key: string, value: string): Expression {
  return value === '' ? withoutTag(Key) : { Tags: { Key, Values: [value] } };
}

const SERVICE = { Type: 'DIMENSION', Key: 'SERVICE' } as const satisfies GroupDefinition;
const USAGE_TYPE = { Type: 'DIMENSION', Key: 'USAGE_TYPE' } as const satisfies GroupDefinition;

/** Only sums over the window are needed, and MONTHLY returns the fewest rows. */
const QUERIES = {
  costs: { metric: 'aws_project_billed_cost_usd', Command: GetCostAndUsageCommand, granularity: 'MONTHLY' },
  total: {
    metric: 'tollgate_breakdown_gap_usd',
    Command: GetCostAndUsageCommand,
    granularity: 'MONTHLY',
    groupBy: [],
  },
  usage: {
    metric: 'aws_project_usage_billed_cost_usd',
    Command: GetCostAndUsageCommand,
    granularity: 'MONTHLY',
    groupBy: [SERVICE, USAGE_TYPE],
  },
} as const satisfies Record<string, Partial<CostQuery>>;
