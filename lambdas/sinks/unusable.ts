import type { Sink } from './sink';

interface UnusableOptions extends Pick<Sink, 'id' | 'groupingLabels'> {
  /** The error of every call. */
  readonly reason: unknown;
}

/** Returns a sink that could not be set up, as when its secret cannot be read: every call fails for that reason. */
export function unusableSink({ id, groupingLabels, reason }: UnusableOptions): Sink {
  const fail = async () => {
    throw reason;
  };
  return { id, groupingLabels, check: fail, put: fail, delete: fail, stored: async () => undefined };
}
