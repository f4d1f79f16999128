import { stringify } from 'yaml';

/** The job that the alerts know the gateway's scrape by. */
export const GATEWAY_JOB = 'pushgateway';

export interface PrometheusOptions {
  readonly gatewayUrl: string;
  /** Also how long a scrape may take. */
  readonly scrapeInterval: string;
  /** Patterns, from the folder of the configuration. @default none */
  readonly ruleFiles?: readonly string[];
}

/** The configuration file of a Prometheus that scrapes one Pushgateway, with the labels that were pushed. */
export function prometheusConfiguration({
  gatewayUrl,
  scrapeInterval,
  ruleFiles,
}: PrometheusOptions): string {
  const { protocol, host, pathname } = new URL(gatewayUrl);
  const scrape = {
    job_name: GATEWAY_JOB,
    honor_labels: true,
    scheme: protocol.replace(':', ''),
    metrics_path: `${pathname.replace(/\/$/, '')}/metrics`,
    scrape_interval: scrapeInterval,
    scrape_timeout: scrapeInterval,
    static_configs: [{ targets: [host] }],
  };
  return stringify({ ...(ruleFiles && { rule_files: ruleFiles }), scrape_configs: [scrape] });
}
