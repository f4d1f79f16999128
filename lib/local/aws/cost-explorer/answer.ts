import { addDays } from '../../bill/day';
import type { Result } from '../operation';
import type { PageTokens } from '../page-tokens';
import type { Group, PeriodGroups } from './ledger';
import type { Period } from './periods';
import type { CostQuery } from './query';

interface AnswerOptions {
  readonly tokens: PageTokens;
  /** Groups on a page. */
  readonly pageSize: number;
  /** The UTC day of the request. */
  readonly today: string;
}

/** Returns one page of the sums under the API's names. Throws the failures of page tokens. */
export function costAnswer(
  sums: readonly PeriodGroups[],
  query: CostQuery,
  { tokens, pageSize, today }: AnswerOptions,
): Result {
  const { offset, page } = tokens.redeem(query.id, query.token);
  const end = offset + pageSize;
  const total = sums.reduce((count, { groups }) => count + groups.length, 0);
  const next = end < total ? tokens.issue(query.id, { offset: end, page: page + 1 }) : undefined;
  const isGrouped = query.groupBy.length > 0;
  return {
    NextPageToken: next,
    GroupDefinitions: isGrouped ? query.groupBy.map(({ definition }) => definition) : undefined,
    ResultsByTime: slice(sums, { offset, end, isLast: next === undefined }).map((sum) => ({
      TimePeriod: sum.period,
      ...(isGrouped ? grouped(sum) : ungrouped(sum)),
      Estimated: isEstimated(sum.period, today),
    })),
    DimensionValueAttributes: [],
  };
}

/**
 * Cuts the groups of all periods into pages, as one array. A period without groups stays at its place in that array.
 */
function slice(
  sums: readonly PeriodGroups[],
  { offset, end, isLast }: { offset: number; end: number; isLast: boolean },
): PeriodGroups[] {
  let at = 0;
  return sums.flatMap(({ period, groups }) => {
    const start = at;
    at += groups.length;
    if (groups.length === 0) return start >= offset && (start < end || isLast) ? [{ period, groups }] : [];
    const ofPage = groups.slice(Math.max(offset - start, 0), Math.max(end - start, 0));
    return ofPage.length > 0 ? [{ period, groups: ofPage }] : [];
  });
}

function grouped({ groups }: PeriodGroups) {
  return { Total: {}, Groups: groups.map((group) => ({ Keys: group.keys, Metrics: metrics(group) })) };
}

function ungrouped({ groups: [all] }: PeriodGroups) {
  return { Total: all ? metrics(all) : {}, Groups: [] };
}

function metrics({ sums }: Group) {
  return Object.fromEntries(
    [...sums].map(([metric, { amount, unit }]) => [metric, { Amount: amount.toFixed(), Unit: unit }]),
  );
}

const DAYS_ESTIMATED = 2;

/** Reports whether the period may still change: AWS restates the last days, and today is not over. */
function isEstimated({ End }: Period, today: string): boolean {
  return End > addDays(today, -DAYS_ESTIMATED);
}
