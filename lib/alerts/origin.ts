import { type Delivery, deliveryOf } from '../../lambdas/catalog/delivery';
import type { SinkSettings } from '../../lambdas/catalog/sink-settings';

/** The place from which Prometheus has the numbers: a gateway or an exporter that it scrapes, or the runs that write to it. */
export type Origin = 'pushgateway' | 'exporter' | 'remote-write';

/** The kind of delivery from each origin. */
export const DELIVERIES: Readonly<Record<Origin, Delivery>> = {
  pushgateway: 'scraped',
  exporter: 'scraped',
  'remote-write': 'written',
};

/** Returns the origin of the numbers, by the sinks of the settings. */
export function originOf(sinks: readonly SinkSettings[]): Origin {
  return deliveryOf(sinks) === 'written' ? 'remote-write' : 'pushgateway';
}
