import { NO_SERIES, type SinkCall } from '../../lambdas/sinks/sink';

/** Returns the circumstances of a write that remembers no series. */
export function callOf(signal: AbortSignal): SinkCall {
  return { signal, time: new Date('2026-03-01T06:00:30Z'), series: NO_SERIES };
}
