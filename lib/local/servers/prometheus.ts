import path from 'node:path';
import { poll } from './poll';
import { type Server, startServer } from './server';

const JOB = 'pushgateway';
const ANSWER_MS = 10_000;

export interface PrometheusOptions {
  readonly pushgatewayUrl: string;
  /** Also how long a scrape may take. @default 500 */
  readonly scrapeIntervalMs?: number;
}

/**
 * Starts a real, empty Prometheus that scrapes one Pushgateway, with the labels that were pushed (`honor_labels`).
 * Every Prometheus waits five seconds before its first scrape: start it before what takes time.
 */
export function startPrometheus(program: string, options: PrometheusOptions): Promise<Server> {
  return startServer({
    program,
    files: { 'prometheus.yml': configuration(options) },
    args: (address, folder) => [
      `--config.file=${path.join(folder, 'prometheus.yml')}`,
      `--storage.tsdb.path=${path.join(folder, 'data')}`,
      `--web.listen-address=${address}`,
    ],
  });
}

// JSON is YAML, and quotes what needs quotes
function configuration({ pushgatewayUrl, scrapeIntervalMs = 500 }: PrometheusOptions): string {
  const { protocol, host, pathname } = new URL(pushgatewayUrl);
  const scrape = {
    job_name: JOB,
    honor_labels: true,
    scheme: protocol.replace(':', ''),
    metrics_path: `${pathname.replace(/\/$/, '')}/metrics`,
    scrape_interval: `${scrapeIntervalMs}ms`,
    scrape_timeout: `${scrapeIntervalMs}ms`,
    static_configs: [{ targets: [host] }],
  };
  return JSON.stringify({ scrape_configs: [scrape] }, null, 2);
}

export interface QueryResult {
  /** Metric name included, as `__name__`; none for a scalar. */
  readonly labels: Record<string, string>;
  readonly value: number;
}

/** Answers an instant query as of now. Throws what Prometheus says when it cannot. */
export async function query(prometheus: Server, expression: string): Promise<readonly QueryResult[]> {
  const data = await ask<QueryData>(prometheus, `query?${new URLSearchParams({ query: expression })}`);
  switch (data.resultType) {
    case 'vector':
      return data.result.map(({ metric, value }) => ({ labels: metric, value: toNumber(value[1]) }));
    case 'scalar':
      return [{ labels: {}, value: toNumber(data.result[1]) }];
    default:
      throw new Error(
        `prometheus: expected a vector or a scalar for ${expression}, got a ${data.resultType}`,
      );
  }
}

type Point = readonly [seconds: number, value: string];
type QueryData =
  | {
      readonly resultType: 'vector';
      readonly result: readonly { metric: Record<string, string>; value: Point }[];
    }
  | { readonly resultType: 'scalar'; readonly result: Point }
  | { readonly resultType: 'matrix' | 'string' };
type Answer<T> =
  | { readonly status: 'success'; readonly data: T }
  | { readonly status: 'error'; readonly error: string };

async function ask<T>(prometheus: Server, what: string): Promise<T> {
  const response = await fetch(`${prometheus.url}/api/v1/${what}`, {
    signal: AbortSignal.timeout(ANSWER_MS),
  });
  const answer = (await response.json()) as Answer<T>;
  if (answer.status === 'error') {
    throw new Error(`prometheus: ${answer.error}`);
  }
  return answer.data;
}

function toNumber(text: string): number {
  return Number(text.replace('Inf', 'Infinity'));
}

/**
 * Resolves when queries see a scrape of the gateway that started after this call, and so everything pushed before it.
 * Gives up at the deadline, with the reason why scraping fails.
 */
export async function nextScrape(prometheus: Server, deadlineMs = 10_000): Promise<void> {
  const calledAt = Date.now();
  const seen = await poll(async () => (await lastSuccess(prometheus)) > calledAt || undefined, deadlineMs);
  if (seen === undefined) {
    const why = await scrapeError(prometheus);
    throw new Error(`prometheus: no scrape of the gateway in ${deadlineMs / 1000} s: ${why}`);
  }
}

// `up` is stored together with what was scraped; /api/v1/targets already shows a scrape whose samples no query sees yet
async function lastSuccess(prometheus: Server): Promise<number> {
  const up = `up{job="${JOB}"}`;
  const results = await query(prometheus, `timestamp(${up}) and ${up} == 1`);
  return Math.max(0, ...results.map(({ value }) => Math.round(value * 1000)));
}

interface Targets {
  readonly activeTargets: readonly { readonly health: string; readonly lastError: string }[];
}

async function scrapeError(prometheus: Server): Promise<string> {
  const { activeTargets } = await ask<Targets>(prometheus, 'targets?state=active');
  return activeTargets.map(({ health, lastError }) => lastError || `its health is ${health}`).join('; ');
}
