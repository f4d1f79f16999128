import { setMaxListeners } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { hasLedger } from '../../lambdas/catalog/ledger';
import type { Settings } from '../../lambdas/catalog/settings';
import type { Timing } from '../../lambdas/sinks/timing';
import { attemptRun, type RunPorts } from './attempt-run';
import type { ServedCollector } from './collectors';
import { keepRunning } from './keep-running';
import { dailySchedule } from './schedule';

interface CollectorsOptions {
  readonly collectors: readonly ServedCollector[];
  readonly settings: Pick<Settings, 'timeZone'>;
  readonly timing: Pick<Timing, 'now' | 'sleep'>;
  readonly ports: Omit<RunPorts, 'now' | 'cut'>;
}

/** Collectors that run on their schedules. */
interface RunningCollectors {
  /** Returns the collectors without a complete run in words; undefined if every one has had one. */
  waitingFor(): string | undefined;
  /** Starts no more runs, lets those under way end for some seconds, and then ends them. */
  stop(): Promise<void>;
}

/** Runs each collector on its schedule. */
export function startCollectors({
  collectors,
  settings,
  timing,
  ports,
}: CollectorsOptions): RunningCollectors {
  const stop = new AbortController();
  const cut = new AbortController();
  setMaxListeners(0, stop.signal); // Every collector listens.
  const now = () => new Date(timing.now());
  const runPorts = { ...ports, now, cut: cut.signal };
  const waiting = new Set<string>(collectors.map(({ name }) => name).filter(hasLedger));
  const attempt = async (collector: ServedCollector, time: Date) => {
    const isComplete = await attemptRun(runPorts, collector, time);
    if (isComplete) waiting.delete(collector.name);
    return isComplete;
  };
  const loops = collectors.map((collector) =>
    keepRunning({
      schedule: dailySchedule(collector.hours, settings.timeZone),
      isOpen: (time) => ports.attempts.isOpen(collector.name, time),
      attempt: (time) => attempt(collector, time),
      timing,
      stop: stop.signal,
    }),
  );
  return {
    waitingFor: () =>
      waiting.size === 0 ? undefined : `waiting for the first complete run of ${[...waiting].join(', ')}`,
    stop: async () => {
      stop.abort();
      await endsWithin(GRACE_MS, loops);
      cut.abort();
      await endsWithin(CUT_MS, loops);
    },
  };
}

/** Time for runs to end by themselves, and to record that they were ended. Kubernetes kills a process after 30 seconds. */
const GRACE_MS = 10_000;
const CUT_MS = 5_000;

async function endsWithin(ms: number, work: readonly Promise<unknown>[]): Promise<void> {
  const timer = new AbortController();
  const limit = setTimeout(ms, undefined, { signal: timer.signal }).catch(() => {});
  await Promise.race([Promise.allSettled(work), limit]);
  timer.abort();
}
