import { Registry } from 'prom-client';
import { prometheusText } from '../../../lambdas/metrics/exposition';
import { familiesOf } from '../../../lambdas/metrics/families';
import { type GroupName, groupId } from '../../../lambdas/metrics/group';
import type { RegisteredGroup } from '../../../lambdas/metrics/registered-group';
import type { HttpExchange } from '../../../lambdas/sinks/http-exchange';
import { pushgatewaySink } from '../../../lambdas/sinks/pushgateway';
import { remoteWriteSink } from '../../../lambdas/sinks/remote-write/remote-write-sink';
import type { LabelSet, SeriesMemory, Sink, SinkCall } from '../../../lambdas/sinks/sink';
import { textSink } from '../../../lambdas/sinks/text';
import type { Timing } from '../../../lambdas/sinks/timing';
import { query, startReceiver } from '../../../lib/local/servers/prometheus';
import { heldGroups } from '../../../lib/serve/held-groups';
import { knownFamilies } from '../../../lib/serve/known-families';
import { memorySink } from '../../../lib/serve/memory-sink';
import { seriesIn } from '../../support/exposition-lines';
import { realPrograms, realPushgateway } from '../../support/real-servers';

/** A row of the contract: a kind of sink with a store that can be read. */
export interface SinkKind {
  readonly name: string;
  /** Starts a store. */
  start(): Promise<Store>;
}

/** A sink that speaks HTTP, and so can have a bad endpoint. */
export interface HttpSinkKind extends SinkKind {
  /** Returns the URL of the sink for that of a server. */
  urlAt(server: string): string;
  /** Returns the sink for a URL. Several series of a group need several requests if the protocol has them. */
  sinkAt(url: string, options?: HttpSinkOptions): Sink;
  /** Settings of the sink, for those that build sinks from settings. */
  settingsAt(url: string): { readonly type: 'pushgateway' | 'remote-write'; readonly url: string };
}

export interface HttpSinkOptions {
  readonly exchange?: HttpExchange;
  readonly headers?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
  readonly timing?: Timing;
}

/** A store that runs. */
interface Store {
  readonly url: string;
  readonly sink: Sink;
  /** Returns the series of a job as lines. */
  read(job: string): Promise<readonly string[]>;
  stop(): Promise<void>;
}

export const PUSHGATEWAY: HttpSinkKind = {
  name: 'pushgateway',
  urlAt: (server) => server,
  sinkAt: (url, options) => pushgatewaySink({ url, ...options }),
  settingsAt: (url) => ({ type: 'pushgateway', url }),
  async start() {
    const { url, stop } = await realPushgateway();
    const text = async () => (await fetch(`${url}/metrics`)).text();
    const read = async (job: string) => linesOf(pushed(seriesIn(await text())), job);
    return { url, sink: this.sinkAt(url), read, stop };
  },
};

export const REMOTE_WRITE: HttpSinkKind = {
  name: 'remote write',
  urlAt: (server) => `${server}/api/v1/write`,
  sinkAt: (url, options) => remoteWriteSink({ url, limits: { series: 2, bytes: 1_000_000 }, ...options }),
  settingsAt: (url) => ({ type: 'remote-write', url }),
  async start() {
    const { prometheus } = await realPrograms('prometheus');
    const server = await startReceiver(prometheus);
    const read = async (job: string) =>
      (await query(server, `last_over_time({job="${job}"}[4d]) > -Inf`))
        .map(({ labels: { __name__ = '', ...labels }, value }) => line(__name__, labels, value))
        .sort();
    const url = this.urlAt(server.url);
    return { url, sink: this.sinkAt(url), read, stop: server.stop };
  },
};

/** The text of each group replaces the one before it, as for those who read a log. */
const STDOUT: SinkKind = {
  name: 'stdout',
  async start() {
    const texts = new Map<string, string>();
    const sink = textSink((text) => void texts.set(text.slice(0, text.indexOf('\n')), text));
    const read = async (job: string) =>
      [...texts].flatMap(([head, text]) => {
        const group: Record<string, string> = JSON.parse(head.slice('# group '.length));
        const all = seriesIn(text).map((one) => ({ ...one, labels: { ...one.labels, ...group } }));
        return linesOf(all, job);
      });
    return { url: 'stdout', sink, read, stop: async () => {} };
  },
};

/** The memory of an exporter, read as a scrape does. Its groups appear with the health of their run. */
const MEMORY: SinkKind = {
  name: 'memory',
  async start() {
    const held = heldGroups([]);
    const sink = memorySink({ collector: 'test', held, known: knownFamilies([]), save: async () => {} });
    const health = { job: 'tollgate', groupingKey: {}, registry: new Registry(), size: 1 };
    const read = async (job: string) => {
      await sink.put(health, calls()(health));
      const groups = [...held.current().values()].map(({ job, groupingKey, families }) => ({
        labels: { job, ...groupingKey },
        families,
      }));
      return linesOf(seriesIn([...prometheusText(groups)].join('')), job);
    };
    return { url: 'memory', sink, read, stop: async () => {} };
  },
};

/** Sinks that speak HTTP. */
export const HTTP_SINKS: readonly HttpSinkKind[] = [PUSHGATEWAY, REMOTE_WRITE];

/** Every sink. */
export const SINKS: readonly SinkKind[] = [...HTTP_SINKS, STDOUT, MEMORY];

/** Sinks whose stores keep groups until they are deleted. */
export const KEEPING_SINKS: readonly SinkKind[] = [...HTTP_SINKS, MEMORY];

/** Returns the lines that a store must have of a group. */
export async function expectedLines(group: RegisteredGroup): Promise<readonly string[]> {
  const own = { job: group.job, ...group.groupingKey };
  const families = await familiesOf(group.registry);
  const all = families.flatMap(({ name, values }) =>
    values.map(({ metricName = name, labels, value }) => line(metricName, { ...labels, ...own }, value)),
  );
  return all.sort();
}

/** Returns a function that gives each write a later time, and each group its own memory of series. */
export function calls(timeOf = Date.now): (group: GroupName) => SinkCall {
  const memories = new Map<string, SeriesMemory>();
  let last = 0;
  return (group) => {
    last = Math.max(timeOf(), last + 1);
    const series = memories.get(groupId(group)) ?? memoryOfSeries();
    memories.set(groupId(group), series);
    return { signal: new AbortController().signal, time: new Date(last), series };
  };
}

function memoryOfSeries(): SeriesMemory {
  let sets: readonly LabelSet[] = [];
  return {
    read: async () => sets,
    async write(given) {
      sets = given;
    },
  };
}

type SeriesLines = ReturnType<typeof seriesIn>;

/** Returns the series that were pushed, without those of the gateway itself. */
function pushed(all: SeriesLines): SeriesLines {
  return all.filter(({ name, labels }) => labels.job !== undefined && !/^push_/.test(name));
}

function linesOf(all: SeriesLines, job: string): readonly string[] {
  const own = all.filter(({ labels }) => labels.job === job);
  return own.map(({ name, labels, value }) => line(name, labels, value)).sort();
}

/** Returns a series with its labels in the order of their names; an empty label is none. */
function line(name: string, labels: Readonly<Record<string, string | number>>, value: number): string {
  const pairs = Object.entries(labels).map(([label, text]) => [label, String(text)] as const);
  const there = pairs.filter(([, text]) => text !== '').sort(([a], [b]) => (a < b ? -1 : 1));
  return `${name}${JSON.stringify(Object.fromEntries(there))} ${value}`;
}
