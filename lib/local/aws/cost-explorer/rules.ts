import { RESOURCE_DATA_DAYS } from '../../../../lambdas/catalog/price';
import { addDays, firstOfMonth } from '../../bill/day';
import { invalid } from '../failure';
import type { Dimension } from './dimensions';
import type { Filter } from './filter';
import { GRANULARITIES, type Granularity, type Period } from './periods';
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

/** Cost Explorer forecasts only days that are not over. */
const NOT_BEFORE_TODAY: Rule<Dated> = {
  broken: ({ period }, today) => period.Start < today,
  message: 'Start date is before today',
};

/** Rules of GetCostForecast. */
export const FORECAST_RULES: readonly Rule<Dated>[] = [NOT_EMPTY, NOT_AFTER_TODAY, NOT_BEFORE_TODAY];

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
    broken: ({ filter }) => valuesOf('SERVICE', filter).length === 0,
    message: 'Filter: expected a condition on SERVICE',
  },
  {
    broken: ({ filter, groupBy }) =>
      valuesOf('RESOURCE_ID', filter).length === 0 &&
      groupBy.every(({ definition: { Type, Key } }) => Type !== 'DIMENSION' || Key !== 'RESOURCE_ID'),
    message: 'expected RESOURCE_ID in GroupBy or in a condition of Filter',
  },
  {
    broken: ({ period }, today) => period.Start < addDays(today, -RESOURCE_DATA_DAYS),
    message: `Start date is more than ${RESOURCE_DATA_DAYS} days ago. Please adjust start date as we support only ${RESOURCE_DATA_DAYS} days of data at resource level.`,
  },
];

function valuesOf(dimension: Dimension, filter: Filter | undefined): readonly string[] {
  const conditions = filter?.conditions ?? [];
  return conditions.filter((condition) => condition.dimension === dimension).flatMap(({ values }) => values);
}

/** The points at which AWS's documents about resource-level data disagree. */
export interface ResourceLimits {
  /** Granularities that GetCostAndUsageWithResources accepts. @default all */
  readonly granularities?: readonly Granularity[];
  /** Services that it accepts in the filter. @default all */
  readonly services?: readonly string[];
}

/** Returns the rules for the limits of GetCostAndUsageWithResources. The messages are not those of AWS, which are unknown. */
export function limitRules({ granularities = GRANULARITIES, services }: ResourceLimits): readonly Rule[] {
  return [
    {
      broken: ({ granularity }) => !granularities.includes(granularity),
      message: `Resource-level data is available only at ${granularities.join(' or ')} granularity`,
    },
    {
      broken: ({ filter }) =>
        services !== undefined && !valuesOf('SERVICE', filter).every((service) => services.includes(service)),
      message: `Resource-level data requires a filter on ${services?.join(', ')}`,
    },
  ];
}

/** Throws a ValidationException for the first broken rule. */
export function check<Query extends Dated>(query: Query, rules: readonly Rule<Query>[], today: string): void {
  const { Start, End } = query.period;
  const broken = rules.find((rule) => rule.broken(query, today));
  if (broken) throw invalid(`${broken.message} (TimePeriod ${Start} to ${End}, today ${today})`);
}
