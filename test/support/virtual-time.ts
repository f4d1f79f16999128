import type { Timing } from '../../lambdas/sinks/timing';

/** Returns a clock that jumps to the next timer whenever the process has nothing else to do. */
export function virtualTime(random: () => number = () => 0.5): Timing {
  let now = Date.parse('2026-03-01T06:00:00Z');
  let ticks = false;
  const timers: { readonly at: number; readonly fire: () => void }[] = [];
  const tick = () => {
    const next = timers.sort((one, other) => one.at - other.at).shift();
    ticks = next !== undefined;
    if (!next) return;
    now = Math.max(now, next.at);
    next.fire();
    setImmediate(tick);
  };
  const start = (ms: number, fire: () => void) => {
    timers.push({ at: now + ms, fire });
    if (!ticks) setImmediate(tick);
    ticks = true;
  };
  return {
    now: () => now,
    random,
    sleep: (ms, signal) =>
      new Promise<void>((resolve, reject) => {
        const abort = () => reject(signal.reason);
        if (signal.aborted) return abort();
        signal.addEventListener('abort', abort);
        start(ms, () => resolve(signal.removeEventListener('abort', abort)));
      }),
    after(ms) {
      const controller = new AbortController();
      start(ms, () => controller.abort(new DOMException('timed out', 'TimeoutError')));
      return controller.signal;
    },
  };
}
