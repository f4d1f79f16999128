/**
 * Throws when it is called. It replaces `@smithy/core/event-streams` in bundles and saves 20 kB: the SDK needs that module
 * only for operations with a stream of events, and no collector sends one.
 */
export function eventStreamSerdeProvider(): never {
  throw new Error(
    'expected an operation without event streams, because the bundle omits them, got one with an event stream',
  );
}

export const EventStreamSerde = undefined;
