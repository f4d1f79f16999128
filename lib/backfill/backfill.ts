import * as path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { type AwsAccess, awsAccess, type Connection } from '../../lambdas/aws/access';
import type { Settings } from '../../lambdas/catalog/settings';
import { profileFor } from '../../lambdas/metrics/profile-for';
import { budget } from './budget';
import { answeredBy } from './cost-queries';
import { dayOf } from './days';
import { callerOf, enterAccounts } from './enter-suite';
import type { History } from './history';
import { type Kept, keptIn } from './kept';
import { pastGroups } from './past-run';
import { type Plan, planOf, type WideQuery } from './plan';
import type { Progress } from './progress';
import { type Recorded, recordedCosts } from './recorded-costs';
import type { PastAccount, PastSuite } from './suite';
import { keptAnswer, wideAnswer } from './wide-answers';

/** The past to compute, and the folder of the answers that were paid for. */
interface BackfillOptions {
  readonly settings: Settings;
  /** Returns the days of the runs, the oldest first, for a backfill that began at a time. */
  readonly days: (begun: Date) => readonly string[];
  /** Returns the oldest day of Cost Explorer at that time. */
  readonly oldest: (begun: Date) => string;
  /** Labels that the installation adds to every series. */
  readonly labels: PastSuite['labels'];
  readonly cache: string;
  readonly maxUsd: number;
}

/** The outside world of a backfill. */
export interface BackfillPorts {
  readonly now: () => Date;
  readonly signal: AbortSignal;
  /** @default the credentials and the Region of the SDK */
  readonly connection?: Connection;
  readonly progress: Progress;
  /** Reports whether the price is accepted. */
  readonly accept: (offer: Offer) => Promise<boolean>;
  /** Begins the output, once all queries have their answers. The access is to the caller's own account. */
  readonly output: (aws: AwsAccess) => Promise<History>;
}

/** A backfill before anything is paid. */
export interface Offer {
  readonly plan: Plan;
  /** Pages that an earlier run paid for. */
  readonly keptPages: number;
  /** Queries whose answers are not complete: at least as many requests are sent. */
  readonly queriesLeft: number;
}

/** The result of a backfill; undefined if the price was not accepted. */
export interface BackfillReport {
  readonly runs: number;
  readonly usd: number;
}

/**
 * Computes the past of a suite: the queries are sent once, each for all days, and the collectors compute every day from the
 * answers. Paid answers are kept, so that a repeated run continues where this one stopped.
 * @throws UserError if AWS refuses something, or the next request would exceed the limit.
 */
export async function backfill(
  options: BackfillOptions,
  ports: BackfillPorts,
): Promise<BackfillReport | undefined> {
  const meter = budget(options.maxUsd);
  const aws = awsAccess(meter, ports.signal, ports.connection);
  const caller = await callerOf(aws);
  const folder = path.join(options.cache, caller.accountId);
  const begun = await beginningOf(keptIn(folder), ports.now());
  const keptOf = (accountId: string) => keptIn(path.join(folder, dayOf(begun), accountId));
  const accounts = await enterAccounts(aws, caller, { ...options, keptOf });
  const suite = { ...options, ...caller, accounts, oldest: options.oldest(begun) };
  const plan = await planOf(suite, options.days(begun));
  if (!(await ports.accept(await offerOf(plan, keptOf)))) return undefined;
  await keptIn(folder).write(UNFINISHED, { begun: begun.toISOString() } satisfies Unfinished);
  const answers = await answersTo(plan, { ...ports, keptOf });
  await replay(suite, plan, { ...ports, answers, output: () => ports.output(aws) });
  await keptIn(folder).remove(UNFINISHED);
  return { runs: plan.runs.length, usd: meter.costExplorerUsd() };
}

type KeptOf = (accountId: string) => Kept;

/** Returns the time at which the backfill began: that of an earlier run which did not end, if it is at most a day old. */
async function beginningOf(kept: Kept, now: Date): Promise<Date> {
  const { begun = '1970-01-01' } = (await kept.read<Unfinished>(UNFINISHED)) ?? {};
  const earlier = new Date(begun);
  return now.getTime() - earlier.getTime() < DAY_MS ? earlier : now;
}

const UNFINISHED = 'unfinished';
const DAY_MS = 86_400_000;

interface Unfinished {
  readonly begun: string;
}

async function offerOf(plan: Plan, keptOf: KeptOf): Promise<Offer> {
  const answers = await Promise.all(
    plan.queries.map((wide) => keptAnswer(wide, keptOf(wide.account.accountId))),
  );
  return {
    plan,
    keptPages: answers.reduce((sum, { pages }) => sum + pages, 0),
    queriesLeft: answers.filter(({ isComplete }) => !isComplete).length,
  };
}

/** Returns access to the recorded costs, by account. */
type Answers = ReadonlyMap<string, AwsAccess>;

/** Sends the queries one after another, because Cost Explorer throttles a caller that sends several at a time. */
async function answersTo(
  { queries }: Plan,
  { keptOf, progress }: Pick<BackfillPorts, 'progress'> & { readonly keptOf: KeptOf },
): Promise<Answers> {
  const stage = progress.begin('queries answered', queries.length);
  const recorded: (WideQuery & Recorded)[] = [];
  for (const wide of queries) {
    recorded.push({ ...wide, ...(await wideAnswer(wide, keptOf(wide.account.accountId))) });
    stage.step();
  }
  stage.end();
  const accounts = [...new Set(queries.map(({ account }) => account))];
  return new Map(accounts.map((account) => [account.accountId, pastAccess(account, recorded)]));
}

function pastAccess(account: PastAccount, recorded: readonly (WideQuery & Recorded)[]): AwsAccess {
  return answeredBy(account.aws, recordedCosts(recorded.filter((one) => one.account === account)));
}

interface ReplayPorts extends Pick<BackfillPorts, 'progress' | 'signal'> {
  readonly output: () => Promise<History>;
  readonly answers: Answers;
}

/** Computes every past run and writes its groups. */
async function replay(
  suite: PastSuite,
  { runs }: Plan,
  { answers, progress, output, signal }: ReplayPorts,
): Promise<void> {
  const profile = profileFor(suite.settings);
  const stage = progress.begin('past runs', runs.length);
  const history = await output();
  try {
    for (const run of runs) {
      await setImmediate(); // Nothing here waits, and an interruption must be noticed.
      signal.throwIfAborted();
      const aws = answers.get(run.account.accountId) ?? run.account.aws;
      const groups = await pastGroups(suite, run, { aws, profile });
      await history.write({ of: `${run.collector} ${run.account.accountId}`, at: new Date(run.day), groups });
      stage.step();
    }
    await history.end();
  } catch (error) {
    await history.discard();
    throw error;
  } finally {
    stage.end();
  }
}
