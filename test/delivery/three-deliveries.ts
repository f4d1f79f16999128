import { groupId } from '../../lambdas/metrics/group';
import { pushgatewaySink } from '../../lambdas/sinks/pushgateway';
import { remoteWriteSink } from '../../lambdas/sinks/remote-write/remote-write-sink';
import type { SeriesMemory, Sink } from '../../lambdas/sinks/sink';
import type { Origin } from '../../lib/alerts/origin';
import { EXPORTER_JOB, GATEWAY_JOB } from '../../lib/alerts/prometheus-configuration';
import { startReceiver } from '../../lib/local/servers/prometheus';
import type { Server } from '../../lib/local/servers/server';
import { heldGroups } from '../../lib/serve/held-groups';
import { knownFamilies } from '../../lib/serve/known-families';
import { memorySink } from '../../lib/serve/memory-sink';
import { runtimeMetrics } from '../../lib/serve/runtime-metrics';
import { scrape } from '../../lib/serve/scrape';
import { realPrograms, realPushgateway } from '../support/real-servers';
import { recordingMemory } from '../support/remote-write';
import { stopAfterAll } from '../support/stop';
import { scraper } from './scraped';

/** A gateway, an exporter and remote write, each with a Prometheus of its own that has the default look-back. */
export interface ThreeDeliveries {
  /** Publishes each group to all three. */
  readonly sink: Sink;
  /** Stores scrapes of the gateway and of the exporter. */
  scrape(times: readonly Date[]): Promise<void>;
  readonly servers: Readonly<Record<Origin, Server>>;
}

/** Starts the servers; they stop after all tests of the file. */
export async function threeDeliveries(): Promise<ThreeDeliveries> {
  const { prometheus } = await realPrograms('prometheus');
  const start = () => stopAfterAll(startReceiver(prometheus));
  const servers = { pushgateway: await start(), exporter: await start(), 'remote-write': await start() };
  const gateway = await stopAfterAll(realPushgateway());
  const held = heldGroups([]);
  const sinks = [
    pushgatewaySink({ url: gateway.url }),
    memorySink({ held, known: knownFamilies([]), save: async () => {} }),
    withMemory(remoteWriteSink({ url: `${servers['remote-write'].url}/api/v1/write` })),
  ];
  const gatewayScrapes = scraper(servers.pushgateway, GATEWAY_JOB);
  const exporterScrapes = scraper(servers.exporter, EXPORTER_JOB);
  const runtime = runtimeMetrics();
  return {
    servers,
    sink: toAll(sinks),
    async scrape(times) {
      const pushed = await (await fetch(`${gateway.url}/metrics`)).text();
      const { body } = await scrape({ snapshot: held.current(), runtime, format: 'text', gzip: false });
      await gatewayScrapes.scrape(pushed, times);
      await exporterScrapes.scrape(body.toString(), times);
    },
  };
}

/** Returns a sink that publishes to each of the sinks, so that one run reaches all of them. */
function toAll(sinks: readonly Sink[]): Sink {
  return {
    id: 'all',
    groupingLabels: {},
    check: async (signal) => {
      for (const sink of sinks) await sink.check(signal);
    },
    put: async (group, call) => {
      for (const sink of sinks) await sink.put(group, call);
    },
    delete: async (group, call) => {
      for (const sink of sinks) await sink.delete(group, call);
    },
    stored: async () => undefined,
  };
}

/** Returns the sink with a memory of the series of each group. */
function withMemory(sink: Sink): Sink {
  const memories = new Map<string, SeriesMemory>();
  const memoryOf = (id: string) => {
    const memory = memories.get(id) ?? recordingMemory();
    memories.set(id, memory);
    return memory;
  };
  return {
    ...sink,
    put: (group, call) => sink.put(group, { ...call, series: memoryOf(groupId(group)) }),
    delete: (group, call) => sink.delete(group, { ...call, series: memoryOf(groupId(group)) }),
  };
}
