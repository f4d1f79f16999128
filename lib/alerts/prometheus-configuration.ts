import { stringify } from 'yaml';

/** The name of the gateway’s scrape job, which the alerts rely on. */
export const GATEWAY_JOB = 'pushgateway';

/** The name of the exporter’s scrape job, which the alerts rely on. */
export const EXPORTER_JOB = 'tollgate-serve';

interface PrometheusOptions {
  readonly gatewayUrl: string;
  /** The time between two scrapes and the timeout of each. */
  readonly scrapeInterval: string;
  /** Patterns, relative to the folder of the configuration. @default none */
  readonly ruleFiles?: readonly string[];
}

/** Returns the configuration file of a Prometheus that scrapes one Pushgateway and keeps the pushed labels. */
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
