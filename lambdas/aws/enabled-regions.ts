import { AccountClient, type ListRegionsCommandInput, paginateListRegions } from '@aws-sdk/client-account';
import { isRegionless } from '../domain/regions';
import type { AwsAccess } from './access';

/** The Regions to ask one by one, sorted: those in scope, or else those that are switched on in the account. */
export async function regionsToAsk(aws: AwsAccess, inScope?: readonly string[]): Promise<string[]> {
  const regions = inScope ?? (await enabledRegions(aws.client(AccountClient), aws.signal));
  return [...new Set(regions)].filter((region) => !isRegionless(region)).sort();
}

/** All pages. A call to any other Region would be refused. */
async function enabledRegions(client: AccountClient, abortSignal: AbortSignal): Promise<string[]> {
  const regions: string[] = [];
  for await (const page of paginateListRegions({ client }, { ...ENABLED }, { abortSignal })) {
    for (const { RegionName } of page.Regions ?? []) {
      if (!RegionName) throw new Error('account:ListRegions: expected RegionName of each Region, got none');
      regions.push(RegionName);
    }
  }
  return regions;
}

// Copied for each use: the SDK's paginators write their tokens into the input.
const ENABLED: ListRegionsCommandInput = { RegionOptStatusContains: ['ENABLED', 'ENABLED_BY_DEFAULT'] };
