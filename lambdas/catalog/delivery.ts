/**
 * The kind of delivery that queries must fit. Prometheus scrapes a gateway or an exporter every minute, or it receives each
 * value once, when a run writes it.
 */
export type Delivery = 'scraped' | 'written';
