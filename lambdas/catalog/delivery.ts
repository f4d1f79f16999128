import { isRetired, type SinkSettings } from './sink-settings';

/**
 * The kind of delivery to Prometheus: samples are scraped again and again, as from a Pushgateway, or each run writes them once,
 * by remote write.
 */
export type Delivery = 'scraped' | 'written';

/** Returns the delivery to the first sink that Prometheus can read: not the output of a function, and not a retired sink. */
export function deliveryOf(sinks: readonly SinkSettings[]): Delivery {
  const first = sinks.find((sink) => sink.type !== 'stdout' && !isRetired(sink));
  return first?.type === 'remote-write' ? 'written' : 'scraped';
}
