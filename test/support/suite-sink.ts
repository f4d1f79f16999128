import type { SuiteSink } from '../../lambdas/run/ports';
import type { Sink } from '../../lambdas/sinks/sink';

/** Returns a sink as runs treat a Pushgateway. */
export function gatewaySink(sink: Sink): SuiteSink {
  return { sink, isRetired: false, keepsGroups: true, mayHoldMore: true };
}
