import { type ChargePeriod, type Granularity, longer, split } from '../../lambdas/domain/charge-period';
import { describeFailures } from '../../lambdas/failure';
import { answeredBy, type CostAnswer, type CostQuery, periodOf, subjectOf } from './cost-queries';
import { PAST_COLLECTORS, type PastCollector } from './past-collectors';
import { inputOf, type PastAccount, type PastSuite } from './suite';

/** A run of a collector in an account at the beginning of a past day. */
export interface PastRun {
  readonly collector: PastCollector;
  readonly account: PastAccount;
  /** `YYYY-MM-DD`; the run covers the days before it. */
  readonly day: string;
}

/** A query by day that answers the queries of all past runs of a collector. */
export interface WideQuery {
  readonly collector: PastCollector;
  readonly account: PastAccount;
  readonly query: CostQuery;
}

/** The past runs, and the queries to send for them. */
export interface Plan {
  readonly runs: readonly PastRun[];
  readonly queries: readonly WideQuery[];
}

/**
 * Returns the runs of the given days, the oldest first, without those that need days that Cost Explorer no longer has. The
 * collectors themselves determine the queries: each is asked what it would query on each day.
 */
export async function planOf(suite: PastSuite, days: readonly string[]): Promise<Plan> {
  const runs: PastRun[] = [];
  const queries = new Map<string, WideQuery>();
  for (const day of days)
    for (const run of await runsOn(suite, day)) {
      if (run.queries.some((query) => periodOf(query).start < suite.oldest)) continue;
      runs.push(run);
      for (const query of run.queries) widen(queries, run, query);
    }
  return { runs, queries: [...queries.values()] };
}

interface AskedRun extends PastRun {
  /** The queries of the run in the format of Cost Explorer. */
  readonly queries: readonly CostQuery[];
}

/** Returns the runs that send queries. An account that another one covers has none of its own. */
async function runsOn(suite: PastSuite, day: string): Promise<AskedRun[]> {
  const runs: AskedRun[] = [];
  for (const collector of Object.keys(PAST_COLLECTORS) as PastCollector[]) {
    const covered = new Set<string>();
    for (const account of suite.accounts) {
      if (covered.has(account.accountId)) continue;
      const { queries, covers } = await asked(suite, { collector, account, day });
      for (const id of covers) covered.add(id);
      if (queries.length > 0) runs.push({ collector, account, day, queries });
    }
  }
  return runs;
}

/** Runs a collector with an account that has no costs, and returns what it queried. */
async function asked(suite: PastSuite, { collector, account, day }: PastRun) {
  const queries: CostQuery[] = [];
  const aws = answeredBy(account.aws, (query) => {
    queries.push(query);
    return nothing(query);
  });
  const past = { aws, today: account.today, oldest: suite.oldest };
  const collect = PAST_COLLECTORS[collector](past, suite.settings);
  const { covers = [], failures } = await collect(inputOf(suite, account, day));
  if (failures.length > 0) throw new Error(`${collector}, ${day}: ${describeFailures(failures)}`);
  return { queries, covers };
}

function nothing(query: CostQuery): CostAnswer {
  const zero = (query.Metrics ?? []).map((metric) => [metric, { Amount: '0', Unit: 'USD' }]);
  const Total = query.GroupBy ? {} : Object.fromEntries(zero);
  const periods = split(periodOf(query), query.Granularity as Granularity);
  return {
    ResultsByTime: periods.map(({ start: Start, end: End }) => ({
      TimePeriod: { Start, End },
      Estimated: false,
      Groups: [],
      Total,
    })),
  };
}

/** Extends the wide query of the same subject, so that it also covers the period of this query. */
function widen(queries: Map<string, WideQuery>, { collector, account }: PastRun, query: CostQuery): void {
  const id = `${account.accountId} ${subjectOf(query)}`;
  const period = periodOf(query);
  const known = queries.get(id);
  const { start, end } = known ? union(periodOf(known.query), period) : period;
  const wide = {
    ...query,
    TimePeriod: { Start: start, End: end },
    Granularity: 'DAILY',
    NextPageToken: undefined,
  } as const;
  queries.set(id, { collector: known?.collector ?? collector, account, query: wide });
}

function union(a: ChargePeriod, b: ChargePeriod): ChargePeriod {
  return { start: longer(a, b).start, end: a.end > b.end ? a.end : b.end };
}
