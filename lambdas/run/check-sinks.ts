import { atSink, attempt, type Failure } from '../failure';
import type { Run } from './ports';

/** The answers of the sinks before a run collects. */
interface Checked {
  /** One failure for each sink that gave no answer. */
  readonly failures: readonly Failure[];
  /** Ids of the sinks that gave no answer. */
  readonly silent: ReadonlySet<string>;
  /** False if no sink gave an answer, so that nothing could be published. */
  readonly isAnyThere: boolean;
}

/** Asks the sinks before Cost Explorer is paid for numbers that could not be published. */
export async function checkSinks({
  pays,
  sinks,
  deadlines,
}: Pick<Run, 'pays' | 'sinks' | 'deadlines'>): Promise<Checked> {
  const active = pays ? sinks.filter(({ isRetired }) => !isRetired) : [];
  const checks = active.map(async ({ sink }) => {
    const { failures } = await attempt('push', () => sink.check(deadlines.read));
    return atSink(sink.id, failures);
  });
  const failures = (await Promise.all(checks)).flat();
  const silent = new Set(failures.flatMap(({ sink = [] }) => sink));
  return { failures, silent, isAnyThere: active.length === 0 || silent.size < active.length };
}
