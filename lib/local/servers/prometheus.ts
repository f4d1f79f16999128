import path from 'node:path';
import { GATEWAY_JOB, prometheusConfiguration } from '../../alerts/prometheus-configuration';
import { poll } from './poll';
import { type Server, startServer } from './server';

const ANSWER_MS = 10_000;

/** Scrape interval and timeout. A failed scrape empties every query, so a busy machine needs some seconds to answer. */
const SCRAPE_INTERVAL_MS = 3_000;

/** Time for each series of a scrape: three times what a machine with two busy processors was seen to need. */
const SCRAPE_MS_A_SERIES = 0.25;

/** Returns a scrape interval that is long enough for about this many series. */
export function scrapeIntervalFor(series: number): number {
  const seconds = Math.ceil((series * SCRAPE_MS_A_SERIES) / 1_000);
  return Math.max(SCRAPE_INTERVAL_MS, seconds * 1_000);
}

/** Time to wait for a scrape. It is reached only if the gateway cannot be scraped. */
const NEXT_SCRAPE_MS = 180_000;

interface PrometheusOptions {
  readonly pushgatewayUrl: string;
  /** Time between two scrapes, and the longest that a scrape may take. @default 3000 */
  readonly scrapeIntervalMs?: number;
  /** Patterns of absolute paths. @default none */
  readonly ruleFiles?: readonly string[];
  /** A folder with past samples, one per day. Prometheus writes to it, and queries bridge a day. @default empty */
  readonly data?: string;
}

/**
 * Starts a real Prometheus that scrapes one Pushgateway and keeps the pushed labels (`honor_labels`). Prometheus
 * waits five seconds before its first scrape: start it before slow work.
 */
export function startPrometheus(program: string, options: PrometheusOptions): Promise<Server> {
  return startServer({
    program,
    files: { 'prometheus.yml': configuration(options) },
    args: (address, folder) => [
      `--config.file=${path.join(folder, 'prometheus.yml')}`,
      `--storage.tsdb.path=${options.data ?? path.join(folder, 'data')}`,
      `--web.listen-address=${address}`,
      ...(options.data ? BRIDGE_A_DAY : []),
    ],
  });
}

/** Starts a real Prometheus that accepts remote write, scrapes nothing, and looks back as far as it does by default. */
export function startReceiver(program: string): Promise<Server> {
  return startServer({
    program,
    files: { 'prometheus.yml': '{}' },
    args: (address, folder) => [
      `--config.file=${path.join(folder, 'prometheus.yml')}`,
      `--storage.tsdb.path=${path.join(folder, 'data')}`,
      `--web.listen-address=${address}`,
      '--web.enable-remote-write-receiver',
    ],
  });
}

/** A daily sample is shown until the next one, and samples are kept longer than the default of fifteen days. */
const BRIDGE_A_DAY = ['--query.lookback-delta=25h', '--storage.tsdb.retention.time=2y'];

function configuration({
  pushgatewayUrl,
  scrapeIntervalMs = SCRAPE_INTERVAL_MS,
  ruleFiles,
}: PrometheusOptions): string {
  const scrapeInterval = `${scrapeIntervalMs}ms`;
  return prometheusConfiguration({ gatewayUrl: pushgatewayUrl, scrapeInterval, ruleFiles });
}

/** One element of an answer. */
export interface QueryResult {
  /** Labels, including the metric's name as `__name__`; none for a scalar. */
  readonly labels: Record<string, string>;
  readonly value: number;
}

/** Answers an instant query at the current time. Throws Prometheus' own message when it fails. */
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
 * At the deadline, throws the reason why scraping fails.
 */
export async function nextScrape(prometheus: Server, deadlineMs = NEXT_SCRAPE_MS): Promise<void> {
  const calledAt = Date.now();
  const seen = await poll(async () => (await lastSuccess(prometheus)) > calledAt || undefined, deadlineMs);
  if (seen === undefined) {
    const why = await scrapeError(prometheus);
    throw new Error(`prometheus: no scrape of the gateway in ${deadlineMs / 1000} s: ${why}`);
  }
}

// `up` is stored together with the scraped samples. /api/v1/targets already shows a scrape whose samples no query sees yet.
async function lastSuccess(prometheus: Server): Promise<number> {
  const up = `up{job="${GATEWAY_JOB}"}`;
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
