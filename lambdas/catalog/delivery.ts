import type { SinkSettings } from './sink-settings';

/**
 * The way of samples into Prometheus: they are scraped again and again, as from a Pushgateway, or each run writes them once, by
 * remote write.
 */
export type Delivery = 'scraped' | 'written';

/** Returns the delivery to the first sink that Prometheus can read. The output of a function is none. */
export function deliveryOf(sinks: readonly Pick<SinkSettings, 'type'>[]): Delivery {
  const first = sinks.find(({ type }) => type !== 'stdout');
  return first?.type === 'remote-write' ? 'written' : 'scraped';
}
