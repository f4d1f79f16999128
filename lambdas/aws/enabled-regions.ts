import { AccountClient, type ListRegionsCommandInput, paginateListRegions } from '@aws-sdk/client-account';
import { isRegionless } from '../domain/regions';
import type { AwsAccess } from './access';

/** Returns the Regions to read one by one, sorted: the given Regions, or the Regions that are enabled in the account. */
export async function regionsToAsk(aws: AwsAccess, inScope?: readonly string[]): Promise<string[]> {
  const regions = inScope ?? (await enabledRegions(aws.client(AccountClient), aws.signal));
  return [...new Set(regions)].filter((region) => !isRegionless(region)).sort();
}

/** Reads all pages. AWS refuses requests to a Region that is not enabled. */
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

// Copied for each use, because the SDK's paginators write their tokens into the input.
const ENABLED: ListRegionsCommandInput = { RegionOptStatusContains: ['ENABLED', 'ENABLED_BY_DEFAULT'] };
