/** The name of the exporter's scrape job. */
const SERVE_JOB = 'tollgate-serve';

/** Returns the part of Prometheus' configuration that scrapes the exporter. `honor_labels` keeps the jobs of its groups. */
export function scrapeConfig(url: string): string {
  const { host, protocol } = new URL(url);
  return `scrape_configs:
  - job_name: ${SERVE_JOB}
    honor_labels: true
    scheme: ${protocol.replace(':', '')}
    static_configs:
      - targets: ['${host}']
`;
}
