import { AccountClient, ListRegionsCommand, type Region } from '@aws-sdk/client-account';
import { isRegionless } from '../domain/regions';
import type { AwsAccess } from './access';
import { AnswerError, listIn } from './answer-error';
import { pagesOf } from './pages';

/** Returns the Regions to read one by one, sorted: the given Regions, or the Regions that are enabled in the account. */
export async function regionsToAsk(aws: AwsAccess, inScope?: readonly string[]): Promise<string[]> {
  const regions = inScope ?? (await enabledRegions(aws.client(AccountClient), aws.signal));
  return [...new Set(regions)].filter((region) => !isRegionless(region)).sort();
}

/** Reads all pages. AWS refuses requests to a Region that is not enabled. */
async function enabledRegions(client: AccountClient, abortSignal: AbortSignal): Promise<string[]> {
  const pages = pagesOf(OPERATION, {
    request: (NextToken) =>
      client.send(
        new ListRegionsCommand({ RegionOptStatusContains: ['ENABLED', 'ENABLED_BY_DEFAULT'], NextToken }),
        { abortSignal },
      ),
    tokenOf: ({ NextToken }) => NextToken,
  });
  const regions: string[] = [];
  for await (const { Regions } of pages) regions.push(...listIn(OPERATION, { Regions }).map(nameOf));
  if (regions.length > 0) return regions;
  throw new AnswerError(`${OPERATION}: expected at least one enabled Region, got none`);
}

const OPERATION = 'account:ListRegions';

function nameOf({ RegionName }: Region): string {
  if (RegionName) return RegionName;
  throw new AnswerError(`${OPERATION}: expected RegionName of each Region, got none`);
}
