import type { ResultByTime } from '@aws-sdk/client-cost-explorer';
import { type ChargePeriod, type Granularity, split } from '../domain/charge-period';
import { AnswerError } from './answer-error';

interface Requested {
  /** Begins each error. */
  readonly what: string;
  readonly period: ChargePeriod;
  readonly granularity: Granularity;
  /** True if a period may continue on the next page. */
  readonly isGrouped: boolean;
}

interface AnsweredPeriods {
  /**
   * Notes the results of a page.
   * @throws AnswerError for a period that was not requested, or that was answered before.
   */
  note(results: readonly ResultByTime[]): void;
  /**
   * Call it after the last page.
   * @throws AnswerError for a requested period without a result. Cost Explorer also answers periods that cost nothing.
   */
  demandAll(): void;
}

/** Compares the periods of an answer with those of its query: each day or month, cut at the ends of the query's period. */
export function answeredPeriods({ what, period, granularity, isGrouped }: Requested): AnsweredPeriods {
  const name = NAMES[granularity];
  const window = `(period ${period.start} to ${period.end})`;
  const requested = new Set(split(period, granularity).map(idOf));
  const answered = new Set<string>();
  return {
    note(results) {
      const earlier = isGrouped ? new Set<string>() : answered;
      for (const { TimePeriod } of results) {
        const id = idOf({ start: TimePeriod?.Start, end: TimePeriod?.End });
        if (!requested.has(id))
          throw new AnswerError(
            `${what}: expected a result for one of the requested ${name}s, got ${id} ${window}`,
          );
        if (earlier.has(id))
          throw new AnswerError(`${what}: expected one result for ${id}, got two ${window}`);
        earlier.add(id);
        answered.add(id);
      }
    },
    demandAll() {
      const [first, ...others] = [...requested].filter((id) => !answered.has(id));
      if (first === undefined) return;
      const more = others.length > 0 ? ` and ${others.length} more` : '';
      throw new AnswerError(
        `${what}: expected a result for each requested ${name}, got none for ${first}${more} ${window}`,
      );
    },
  };
}

const NAMES = { DAILY: 'day', MONTHLY: 'month' } as const satisfies Record<Granularity, string>;

function idOf({ start = 'nothing', end = 'nothing' }: Partial<ChargePeriod>): string {
  return `${start} to ${end}`;
}
