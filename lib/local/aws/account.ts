import type { Bill } from '../bill/bill';
import { AWS_REGIONS, OPEN_REGIONS } from '../bill/regions';
import type { Operation } from './operation';
import { pageOfList, pageTokens } from './page-tokens';
import { listOf, oneOf, optional, structure, text, wholeNumber } from './shape';

const STATUSES = ['ENABLED', 'ENABLING', 'DISABLING', 'DISABLED', 'ENABLED_BY_DEFAULT'] as const;
type Status = (typeof STATUSES)[number];

interface Input {
  readonly MaxResults: number | undefined;
  readonly NextToken: string | undefined;
  readonly RegionOptStatusContains: readonly Status[] | undefined;
}

const readInput = structure<Input>({
  MaxResults: optional(wholeNumber(1, 50)),
  NextToken: optional(text),
  RegionOptStatusContains: optional(listOf(oneOf(STATUSES))),
});

/**
 * Lists the Regions of the partition and their opt-in status.
 * @param pageSize most Regions on a page, whatever MaxResults is.
 */
export function listRegions({ enabledRegions }: Bill, pageSize: number): Operation {
  const tokens = pageTokens({ unknown: 'ValidationException', changed: 'ValidationException' });
  const regions = regionsOf(enabledRegions);
  return {
    pageNumber: ({ NextToken }) => tokens.pageNumber(NextToken),
    answer(input, { account: { accountId } }) {
      const { MaxResults = MOST, NextToken, RegionOptStatusContains = STATUSES } = readInput(input, '');
      const { items, next } = pageOfList(
        tokens,
        regions.filter(({ RegionOptStatus }) => RegionOptStatusContains.includes(RegionOptStatus)),
        {
          query: JSON.stringify([accountId, RegionOptStatusContains]),
          token: NextToken,
          size: Math.min(MaxResults, pageSize),
        },
      );
      return { Regions: items, NextToken: next };
    },
  };
}

/** Regions on a page if the request sets no limit. */
const MOST = 50;

interface WireRegion {
  readonly RegionName: string;
  readonly RegionOptStatus: Status;
}

function regionsOf(enabled: readonly string[]): WireRegion[] {
  const others = AWS_REGIONS.filter((region) => !enabled.includes(region));
  return [...enabled, ...others].sort().map((RegionName) => ({
    RegionName,
    RegionOptStatus: statusOf(RegionName, enabled.includes(RegionName)),
  }));
}

function statusOf(region: string, isEnabled: boolean): Status {
  if (!isEnabled) return 'DISABLED';
  return OPEN_REGIONS.includes(region) ? 'ENABLED_BY_DEFAULT' : 'ENABLED';
}
