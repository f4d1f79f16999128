import {
  CostExplorerClient,
  GetCostAndUsageCommand,
  type GroupDefinition,
} from '@aws-sdk/client-cost-explorer';
import { IAMClient } from '@aws-sdk/client-iam';
import type { AwsAccess } from '../../aws/access';
import { type CostQuery, costRows, ofAccount, tagValue, withoutTag } from '../../aws/cost-explorer';
import { listIamUsers } from '../../aws/iam-users';
import { resourceCosts } from '../../aws/resource-costs';
import { taggedResources } from '../../aws/tagged-resources';
import { notBundled } from '../../bundled';
import type { Settings } from '../../catalog/settings';
import type { UserCostsSource } from './port';

/**
 * Reads users from IAM, owners from each Region's Tagging API, and costs from Cost Explorer: a query for the totals, one for
 * each rule and one for resources.
 */
export function userCostsSource(
  aws: AwsAccess,
  settings: Pick<Settings, 'ownerTag' | 'resourceServices' | 'regions'>,
): UserCostsSource {
  const costExplorer = aws.client(CostExplorerClient);
  const rowsFor = (query: CostQuery) => costRows(costExplorer, query, aws.signal);
  return {
    async dailyTotals(accountId, period) {
      const rows = await rowsFor({
        ...QUERIES.dailyTotals,
        period,
        filter: ofAccount(accountId, settings.regions),
      });
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
      const filter = ofAccount(accountId, settings.regions, ...absent.map(withoutTag));
      const rows = await rowsFor({ ...QUERIES.tagCosts, groupBy, period, filter });
      return rows.map(({ keys: [key = '', region = ''], usd }) => ({
        value: tagValue(key, tag, QUERIES.tagCosts.metric),
        region,
        usd,
      }));
    },

    resourceCosts: async (accountId, period) =>
      globalThis.WITHOUT_RESOURCE_COSTS
        ? notBundled('resource costs')
        : resourceCosts(
            costExplorer,
            {
              metric: 'aws_user_resource_billed_cost_usd',
              accountId,
              period,
              services: settings.resourceServices,
              regions: settings.regions,
            },
            aws.signal,
          ),

    owners: async (region) =>
      globalThis.WITHOUT_RESOURCE_COSTS
        ? notBundled('resource costs')
        : ownersIn(aws, region, settings.ownerTag).catch((error: unknown) => {
            if (isSwitchedOff(error as Error)) return new Map<string, string>();
            throw error;
          }),

    async users() {
      const users = await listIamUsers(aws.client(IAMClient), aws.signal);
      return users.map(({ name, id }) => ({ name, id }));
    },
  };
}

async function ownersIn(aws: AwsAccess, region: string, ownerTag: string): Promise<Map<string, string>> {
  const resources = await taggedResources(aws, region, { TagFilters: [{ Key: ownerTag }] });
  return new Map(
    resources.map(({ arn, tags }) => [arn, tags.find(({ key }) => key === ownerTag)?.value ?? '']),
  );
}

/** Reports whether the Region was switched off: it then rejects every access key, although Cost Explorer accepted it. */
function isSwitchedOff({ name }: Error): boolean {
  return name === 'UnrecognizedClientException';
}

const REGION = { Type: 'DIMENSION', Key: 'REGION' } as const satisfies GroupDefinition;
const SERVICE = { Type: 'DIMENSION', Key: 'SERVICE' } as const satisfies GroupDefinition;

/** The daily totals serve two windows. The other query needs only a sum, and MONTHLY returns the fewest rows. */
const QUERIES = {
  dailyTotals: {
    metric: 'tollgate_breakdown_gap_usd',
    Command: GetCostAndUsageCommand,
    granularity: 'DAILY',
    groupBy: [REGION, SERVICE],
  },
  tagCosts: { metric: 'aws_user_billed_cost_usd', Command: GetCostAndUsageCommand, granularity: 'MONTHLY' },
} as const satisfies Record<string, Partial<CostQuery>>;
