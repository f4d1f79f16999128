/**
 * Stands for `@smithy/core/event-streams` in the bundle of a function. The SDK loads it for operations whose input or output is a
 * stream of events, which no operation of a collector is: 20 kB that never run.
 */
export function eventStreamSerdeProvider(): never {
  throw new Error(
    'expected an operation without event streams, which are not in the bundle, got one with them',
  );
}

export const EventStreamSerde = undefined;
