import type { Delivery } from '../../lambdas/catalog/delivery';

/** The place from which Prometheus has the numbers: a gateway or an exporter that it scrapes, or the runs that write to it. */
export type Origin = 'pushgateway' | 'exporter' | 'remote-write';

/** The kind of delivery from each origin. */
export const DELIVERIES: Readonly<Record<Origin, Delivery>> = {
  pushgateway: 'scraped',
  exporter: 'scraped',
  'remote-write': 'written',
};
