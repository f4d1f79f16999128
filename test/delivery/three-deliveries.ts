import type { SuiteSink } from '../../lambdas/run/ports';
import { pushgatewaySink } from '../../lambdas/sinks/pushgateway';
import { remoteWriteSink } from '../../lambdas/sinks/remote-write/remote-write-sink';
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
import { stopAfterAll } from '../support/stop';
import { gatewaySink } from '../support/suite-sink';
import { scraper } from './scraped';

/** A gateway, an exporter and remote write, each with a Prometheus of its own that has the default look-back. */
export interface ThreeDeliveries {
  /** One run publishes to all three. */
  readonly sinks: readonly SuiteSink[];
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
    gatewaySink(pushgatewaySink({ url: gateway.url })),
    gatewaySink(memorySink({ collector: 'test', held, known: knownFamilies([]), save: async () => {} })),
    {
      ...gatewaySink(remoteWriteSink({ url: `${servers['remote-write'].url}/api/v1/write` })),
      mayHoldMore: false,
    },
  ];
  const gatewayScrapes = scraper(servers.pushgateway, GATEWAY_JOB);
  const exporterScrapes = scraper(servers.exporter, EXPORTER_JOB);
  const runtime = runtimeMetrics();
  return {
    servers,
    sinks,
    async scrape(times) {
      const pushed = await (await fetch(`${gateway.url}/metrics`)).text();
      const { body } = await scrape({ snapshot: held.current(), runtime, format: 'text', gzip: false });
      await gatewayScrapes.scrape(pushed, times);
      await exporterScrapes.scrape(body.toString(), times);
    },
  };
}
