import type { MetricName } from '../../../lambdas/catalog/metrics';
import type { PastRun } from './past-runs';

/**
 * Converts past runs to OpenMetrics with their own timestamps, one family after another, as Prometheus would have
 * scraped them.
 */
export function openMetrics(runs: readonly PastRun[]): string {
  const families = new Map<string, string[]>();
  for (const { at, text } of runs) {
    const seconds = at.getTime() / 1000;
    for (const { metric, labels, value } of samplesIn(text)) {
      const known = families.get(metric);
      const line = `${metric}{${labels}} ${CLOCKS.has(metric) ? seconds : value} ${seconds}`;
      if (known) known.push(line);
      else families.set(metric, [line]);
    }
  }
  const blocks = [...families].map(([metric, lines]) => `# TYPE ${metric} gauge\n${lines.join('\n')}\n`);
  return `${blocks.join('')}# EOF\n`;
}

/** Functions publish these from their own clock, which shows today. A past run happened at its scheduled time. */
const CLOCKS: ReadonlySet<string> = new Set<MetricName>([
  'tollgate_run_start_timestamp_seconds',
  'tollgate_success_timestamp_seconds',
]);

interface PushedSample {
  readonly metric: string;
  /** The labels of the sample and of its group, as in a scrape of the gateway. */
  readonly labels: string;
  readonly value: string;
}

const SAMPLE = /^(\w+)(?:\{(.*)\})? (\S+)$/;

function* samplesIn(text: string): Generator<PushedSample> {
  let group: [string, string][] = [];
  for (const line of text.split('\n')) {
    if (line.startsWith('# group ')) group = Object.entries(JSON.parse(line.slice('# group '.length)));
    const [, metric, own = '', value] = SAMPLE.exec(line) ?? [];
    if (metric === undefined || value === undefined) continue;
    const added = group.filter(([name]) => !new RegExp(`(^|,)${name}="`).test(own));
    const labels = [own, ...added.map(([name, text]) => `${name}="${escaped(text)}"`), 'instance=""'];
    yield { metric, labels: labels.filter((label) => label !== '').join(','), value };
  }
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
