import { RESOURCE_DATA_DAYS } from '../../../../lambdas/catalog/price';
import { addDays, firstOfMonth } from '../../bill/day';
import { invalid } from '../failure';
import type { Period } from './periods';
import type { CostQuery } from './query';

/** Requests that AWS understands and still refuses. */
export interface Rule<Query extends Dated = CostQuery> {
  broken(query: Query, today: string): boolean;
  /** AWS's own message, if it is known. */
  readonly message: string;
}

interface Dated {
  readonly period: Period;
}

const NOT_EMPTY: Rule<Dated> = {
  broken: ({ period }) => period.Start >= period.End,
  message: 'Start date (and hour) should be before end date (and hour)',
};

const NOT_AFTER_TODAY: Rule<Dated> = {
  broken: ({ period }, today) => period.Start > today,
  message: 'Start date is after today',
};

/** Rules of GetCostForecast. */
export const FORECAST_RULES: readonly Rule<Dated>[] = [NOT_EMPTY, NOT_AFTER_TODAY];

/** Months before the current one. */
const MONTHS_OF_HISTORY = 13;

/** Rules of GetCostAndUsage, with and without resources. */
export const RULES: readonly Rule[] = [
  NOT_EMPTY,
  NOT_AFTER_TODAY,
  {
    broken: ({ period }, today) => period.End > firstOfMonth(today, 1),
    message: 'end date past the beginning of next month',
  },
  {
    broken: ({ period }, today) => period.Start < firstOfMonth(today, -MONTHS_OF_HISTORY),
    message: "You haven't enabled historical data beyond 14 months",
  },
];

/** Additional rules of GetCostAndUsageWithResources. */
export const RESOURCE_RULES: readonly Rule[] = [
  {
    broken: ({ filter }) => !filter?.dimensions.includes('SERVICE'),
    message: 'Filter: expected a condition on SERVICE',
  },
  {
    broken: ({ filter, groupBy }) =>
      !filter?.dimensions.includes('RESOURCE_ID') &&
      groupBy.every(({ definition: { Type, Key } }) => Type !== 'DIMENSION' || Key !== 'RESOURCE_ID'),
    message: 'expected RESOURCE_ID in GroupBy or in a condition of Filter',
  },
  {
    broken: ({ period }, today) => period.Start < addDays(today, -RESOURCE_DATA_DAYS),
    message: `Start date is more than ${RESOURCE_DATA_DAYS} days ago. Please adjust start date as we support only ${RESOURCE_DATA_DAYS} days of data at resource level.`,
  },
];

/** Throws a ValidationException for the first broken rule. */
export function check<Query extends Dated>(query: Query, rules: readonly Rule<Query>[], today: string): void {
  const { Start, End } = query.period;
  const broken = rules.find((rule) => rule.broken(query, today));
  if (broken) throw invalid(`${broken.message} (TimePeriod ${Start} to ${End}, today ${today})`);
}
