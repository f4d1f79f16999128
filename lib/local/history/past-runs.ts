import type { DeployedSchedule } from '../cloud-assembly';
import type { RunningFunction } from '../lambda';
import { everyTenSeconds } from '../progress';

/** The groups that one past run of a function would have pushed. */
export interface PastRun {
  readonly at: Date;
  /** Exposition text with a comment before each group. */
  readonly text: string;
}

interface PastRunsOptions {
  readonly schedules: readonly DeployedSchedule[];
  /** The times of the runs, oldest first. */
  readonly moments: readonly Date[];
  /** Starts the function so that it prints its groups. */
  readonly start: (schedule: DeployedSchedule) => RunningFunction;
  /** Called before the runs of each moment, to set AWS's current time. */
  readonly setClock: (at: Date) => void;
  readonly progress: (line: string) => void;
}

/**
 * Runs every function once for each moment, all functions of a moment at the same time. Each function keeps one
 * process for all of its runs, as Lambda does.
 * @throws Error of the first failed run.
 */
export async function pastRuns(options: PastRunsOptions): Promise<PastRun[]> {
  const running = options.schedules.map(options.start);
  const error = await runAll(running, options);
  const outputs = await Promise.all(running.map((one) => one.stop()));
  if (error) throw error;
  return outputs.flatMap(runsIn);
}

/** Returns the error of the first failed run. */
async function runAll(
  running: readonly RunningFunction[],
  { moments, setClock, progress }: PastRunsOptions,
): Promise<Error | undefined> {
  const report = everyTenSeconds(progress);
  for (const [index, at] of moments.entries()) {
    report(`… ${index} of ${moments.length} days`);
    setClock(at);
    const event = { scheduledTime: at.toISOString() };
    const errors = await Promise.all(running.map((one) => one.invoke(event)));
    const error = errors.find((one) => one !== undefined);
    if (error) return new Error(`past run of ${event.scheduledTime}: ${error.errorMessage}`);
  }
  return undefined;
}

/** Splits a log into runs. Each ends with its report, a line of JSON that holds the scheduled time. */
function runsIn(output: string): PastRun[] {
  const runs: PastRun[] = [];
  let lines: string[] = [];
  for (const line of output.split('\n')) {
    if (!line.startsWith('{"collector"')) {
      lines.push(line);
      continue;
    }
    const { scheduledTime } = JSON.parse(line) as { scheduledTime: string };
    runs.push({ at: new Date(scheduledTime), text: lines.join('\n') });
    lines = [];
  }
  return runs;
}
