import { CostExplorerClient, type Expression, type GroupDefinition } from '@aws-sdk/client-cost-explorer';
import { IAMClient } from '@aws-sdk/client-iam';
import {
  paginateGetResources,
  ResourceGroupsTaggingAPIClient,
} from '@aws-sdk/client-resource-groups-tagging-api';
import type { AwsAccess } from '../../aws/access';
import { allOf, type CostQuery, costRows, dimension, withoutTag } from '../../aws/cost-explorer';
import { errorKind } from '../../aws/error-kind';
import { listIamUsers } from '../../aws/iam-users';
import type { UserCostsSource } from './port';

export interface UserCostsScope {
  readonly ownerTag: string;
  readonly resourceServices: readonly string[];
  /** As Cost Explorer names them; all that it names when absent. */
  readonly regions?: readonly string[];
}

/** Asks Cost Explorer three questions a run, IAM who exists, and the Tagging API of each Region who owns what. */
export function userCostsSource(aws: AwsAccess, scope: UserCostsScope): UserCostsSource {
  const costExplorer = aws.client(CostExplorerClient);
  const ask = (query: CostQuery) => costRows(costExplorer, query, aws.signal);
  return {
    async dailyTotals(accountId, period) {
      const rows = await ask({ ...QUERIES.dailyTotals, period, filter: filterOf(accountId, scope) });
      return rows.map(({ start, keys: [region = '', service = ''], usd, estimated }) => ({
        day: start,
        region,
        service,
        usd,
        estimated,
      }));
    },

    async tagCosts(accountId, period, { tag, absent }) {
      const groupBy = [{ Type: 'TAG', Key: tag }, REGION] satisfies GroupDefinition[];
      const filter = filterOf(accountId, scope, ...absent.map(withoutTag));
      const rows = await ask({ ...QUERIES.tagCosts, groupBy, period, filter });
      return rows.map(({ keys: [key = '', region = ''], usd }) => ({
        value: tagValue(key, tag),
        region,
        usd,
      }));
    },

    async resourceCosts(accountId, period) {
      const filter = filterOf(accountId, scope, dimension('SERVICE', scope.resourceServices));
      try {
        const rows = await ask({ ...QUERIES.resourceCosts, period, filter });
        return rows.map(({ keys: [resource = '', region = ''], usd }) => ({ resource, region, usd }));
      } catch (error) {
        if (errorKind(error) === 'no_data') return undefined;
        throw error;
      }
    },

    async owners(region) {
      const client = aws.client(ResourceGroupsTaggingAPIClient, { region });
      const owners = new Map<string, string>();
      const tagged = { TagFilters: [{ Key: scope.ownerTag }], ResourcesPerPage: 100 };
      for await (const page of paginateGetResources({ client }, tagged, { abortSignal: aws.signal })) {
        for (const { ResourceARN = '', Tags = [] } of page.ResourceTagMappingList ?? []) {
          owners.set(ResourceARN, Tags.find(({ Key }) => Key === scope.ownerTag)?.Value ?? '');
        }
      }
      return owners;
    },

    async users() {
      const users = await listIamUsers(aws.client(IAMClient), aws.signal);
      return users.map(({ UserName: name = '', UserId: id = '' }) => ({ name, id }));
    },
  };
}

const REGION = { Type: 'DIMENSION', Key: 'REGION' } as const satisfies GroupDefinition;
const SERVICE = { Type: 'DIMENSION', Key: 'SERVICE' } as const satisfies GroupDefinition;
const RESOURCE = { Type: 'DIMENSION', Key: 'RESOURCE_ID' } as const satisfies GroupDefinition;

/** How each question is grouped and cut: days where two windows share the answer, months where only the sum counts. */
const QUERIES = {
  dailyTotals: { metric: 'tollgate_breakdown_gap_usd', granularity: 'DAILY', groupBy: [REGION, SERVICE] },
  tagCosts: { metric: 'aws_user_billed_cost_usd', granularity: 'MONTHLY' },
  resourceCosts: {
    metric: 'aws_user_resource_billed_cost_usd',
    granularity: 'MONTHLY',
    groupBy: [RESOURCE, REGION],
    withResources: true,
  },
} as const satisfies Record<string, Partial<CostQuery>>;

/** Without LINKED_ACCOUNT, the payer would be shown the sum of its organisation. */
function filterOf(
  accountId: string,
  { regions }: UserCostsScope,
  ...more: readonly Expression[]
): Expression {
  const inScope = regions ? [dimension('REGION', regions)] : [];
  return allOf(dimension('LINKED_ACCOUNT', [accountId]), ...inScope, ...more);
}

/** Cost Explorer says `Key$Value`; the value may hold a `$` of its own, and is empty for what has no such tag. */
function tagValue(key: string, tag: string): string {
  if (!key.startsWith(`${tag}$`))
    throw new Error(`aws_user_billed_cost_usd: expected a group "${tag}$…", got "${key}"`);
  return key.slice(tag.length + 1);
}
