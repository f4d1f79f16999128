import {
  Counter,
  countingExceptions,
  Gauge,
  Histogram,
  type OwnRun,
  ownCollector,
  type Registry,
  Summary,
  timed,
} from 'tollgate/lambdas';

/** Collects the queues of a service that has an HTTP API. */
export const queues = ownCollector({
  name: 'queues',
  hours: [0, 6, 12, 18],
  async collect(run) {
    const names = await read<string[]>(run, '/queues');
    return names.map((queue) => ({
      groupingKey: { queue },
      fill: (registry) => fillQueue(registry, run, queue),
    }));
  },
});

export const { handler } = queues;

/** Collects at each scrape. Only the exporter is scraped, so no function runs this collector. */
export const liveQueues = ownCollector({
  name: 'live-queues',
  collectAtScrape: { timeoutSeconds: 2 },
  async collect(run) {
    const names = await read<string[]>(run, '/queues');
    return [{ fill: (registry) => fillNumber(registry, names.length) }];
  },
});

function fillNumber(registry: Registry, queues: number): void {
  new Gauge({ name: 'live_queues', help: 'Queues of the service.', registers: [registry] }).set(queues);
}

/** A queue in the service's answer. */
interface Queue {
  readonly waiting: number;
  /** Messages since the queue was made. */
  readonly processed: number;
  /** Bytes of each waiting message. */
  readonly sizes: readonly number[];
}

async function fillQueue(registry: Registry, run: OwnRun, queue: string): Promise<void> {
  const registers = [registry];
  const duration = new Histogram({
    name: 'queue_request_duration_seconds',
    help: 'Durations of requests about a queue.',
    buckets: [0.1, 1, 10],
    registers,
  });
  const { waiting, processed, sizes } = await timed(duration, {}, () =>
    read<Queue>(run, `/queues/${encodeURIComponent(queue)}`),
  );
  new Gauge({ name: 'queue_messages', help: 'Messages that wait.', registers }).set(waiting);
  new Counter({ name: 'queue_processed_total', help: 'Processed messages.', registers }).inc(processed);
  const size = new Summary({
    name: 'queue_message_size_bytes',
    help: 'Sizes of messages that wait.',
    percentiles: [0.5, 0.9],
    registers,
  });
  for (const bytes of sizes) size.observe(bytes);
  await fillConsumers(registry, run, queue);
}

/** Adds the consumers, which the service cannot always count; the other metrics are then published without them. */
async function fillConsumers(registry: Registry, run: OwnRun, queue: string): Promise<void> {
  const registers = [registry];
  const exceptions = new Counter({
    name: 'queue_consumers_exceptions_total',
    help: 'Failures to count the consumers.',
    registers,
  });
  const count = () => read<number>(run, `/queues/${encodeURIComponent(queue)}/consumers`);
  try {
    const consumers = await countingExceptions(exceptions, {}, count);
    new Gauge({ name: 'queue_consumers', help: 'Consumers of a queue.', registers }).set(consumers);
  } catch (error) {
    console.error(`consumers of ${queue}:`, error);
  }
}

/** Returns the JSON at a path of the service. An answer without it is an error, so that the published group stays. */
async function read<T>({ signal }: OwnRun, path: string): Promise<T> {
  const response = await fetch(`${process.env.QUEUES_URL}${path}`, { signal });
  if (!response.ok) throw new Error(`${path}: expected status 200, got ${response.status}`);
  return (await response.json()) as T;
}
