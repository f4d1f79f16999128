import { RESOURCE_DATA_DAYS } from '../../../../lambdas/catalog/price';
import { addDays } from '../../bill/day';
import { invalid } from '../failure';
import { firstOfMonth } from './periods';
import type { CostQuery } from './query';

/** What AWS refuses although it understands it. */
export interface Rule {
  broken(query: CostQuery, today: string): boolean;
  /** In AWS's words where they are known. */
  readonly message: string;
}

/** Besides the current one. */
const MONTHS_OF_HISTORY = 13;

/** Of both operations. */
export const RULES: readonly Rule[] = [
  {
    broken: ({ period }) => period.Start >= period.End,
    message: 'Start date (and hour) should be before end date (and hour)',
  },
  { broken: ({ period }, today) => period.Start > today, message: 'Start date is after today' },
  {
    broken: ({ period }, today) => period.End > firstOfMonth(today, 1),
    message: 'end date past the beginning of next month',
  },
  {
    broken: ({ period }, today) => period.Start < firstOfMonth(today, -MONTHS_OF_HISTORY),
    message: "You haven't enabled historical data beyond 14 months",
  },
];

/** Of GetCostAndUsageWithResources, besides. */
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

/** Throws a ValidationException for the first rule that is broken. */
export function check(query: CostQuery, rules: readonly Rule[], today: string): void {
  const { Start, End } = query.period;
  const broken = rules.find((rule) => rule.broken(query, today));
  if (broken) throw invalid(`${broken.message} (TimePeriod ${Start} to ${End}, today ${today})`);
}
