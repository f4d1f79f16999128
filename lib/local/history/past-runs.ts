import type { DeployedSchedule } from '../cloud-assembly';
import type { RunningFunction } from '../lambda';
import { everyTenSeconds } from '../progress';

/** What one past run of a function would have pushed. */
export interface PastRun {
  readonly at: Date;
  /** Exposition text, a comment before each group. */
  readonly text: string;
}

export interface PastRunsOptions {
  readonly schedules: readonly DeployedSchedule[];
  /** Oldest first. */
  readonly moments: readonly Date[];
  /** Starts the function so that it prints what it would push. */
  readonly start: (schedule: DeployedSchedule) => RunningFunction;
  /** Called before the runs of each moment: what AWS takes for now. */
  readonly setClock: (at: Date) => void;
  readonly progress: (line: string) => void;
}

/**
 * Runs every function once a moment, all functions of a moment at the same time: each in one process that lives for all of
 * its runs, as Lambda's would.
 * @throws Error of the first run that failed.
 */
export async function pastRuns(options: PastRunsOptions): Promise<PastRun[]> {
  const running = options.schedules.map(options.start);
  const error = await runAll(running, options);
  const outputs = await Promise.all(running.map((one) => one.stop()));
  if (error) throw error;
  return outputs.flatMap(runsIn);
}

/** The error of the first run that failed. */
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
    if (error) return new Error(`a run of ${event.scheduledTime}: ${error.errorMessage}`);
  }
  return undefined;
}

/** Each run ends with its report, a line of JSON that tells its scheduled time. */
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
