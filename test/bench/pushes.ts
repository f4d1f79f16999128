import { gzipSync } from 'node:zlib';
import { type Group, group } from '../../lambdas/metrics/group';
import { toRegistry } from '../../lambdas/metrics/registry';
import { type Sample, sample } from '../../lambdas/metrics/sample';
import { groupUrl, pushgatewaySink } from '../../lambdas/sinks/pushgateway';
import type { Server } from '../../lib/local/servers/server';
import { realPushgateway } from '../support/real-servers';
import { median, ratio } from './median';

const SIZES = [1_000, 10_000, 100_000];
const RUNS = 5;
const LABELS = { account_id: '111122223333', region: 'eu-west-1' };

export async function pushes(): Promise<string[][]> {
  const gateway = await realPushgateway();
  try {
    const rows: string[][] = [];
    for (const series of SIZES) rows.push(await measure(gateway, series));
    return [
      [
        'series',
        'text: loop',
        'text: registry',
        'ratio',
        'text and push: loop',
        'text and push: sink',
        'ratio',
      ],
      ...rows,
    ];
  } finally {
    await gateway.stop();
  }
}

async function measure(gateway: Server, series: number): Promise<string[]> {
  const pushed = groupOf(series);
  const ways = {
    loopText: async () => void loopText(pushed),
    registryText: async () => void (await (await toRegistry(pushed)).metrics()),
    loopPush: () => loopPush(gateway, pushed),
    sinkPush: () =>
      pushgatewaySink({ url: gateway.url, timeoutMs: 60_000 }).put(pushed, new AbortController().signal),
  };
  const times = await inTurn(ways);
  const of = (way: keyof typeof ways) => median(times[way]);
  return [
    series.toLocaleString('en-US'),
    of('loopText').toFixed(1),
    of('registryText').toFixed(1),
    ratio(of('registryText'), of('loopText')),
    of('loopPush').toFixed(1),
    of('sinkPush').toFixed(1),
    ratio(of('sinkPush'), of('loopPush')),
  ];
}

async function inTurn<W extends string>(
  ways: Readonly<Record<W, () => Promise<void>>>,
): Promise<Record<W, number[]>> {
  const names = Object.keys(ways) as W[];
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<W, number[]>;
  for (let run = 0; run < RUNS; run += 1) {
    for (const name of names) {
      const started = performance.now();
      await ways[name]();
      times[name].push(performance.now() - started);
    }
  }
  return times;
}

function groupOf(series: number): Group {
  const samples = Array.from({ length: series }, (_, i) => cost(`user.name-${i}@example.com`, i / 7));
  return group('IAM_User_Total_Services_Cost_List', LABELS, samples);
}

function cost(user_name: string, usd: number): Sample<'aws_user_billed_cost_usd'> {
  return sample('aws_user_billed_cost_usd', { ...LABELS, user_name }, usd);
}

/** The least that could be done: the same lines, escaped, without checks of names, duplicates or keys. */
function loopText({ samples }: Group): string {
  let text = '# HELP aws_user_billed_cost_usd -\n# TYPE aws_user_billed_cost_usd gauge\n';
  for (const { metric, labels, value } of samples) {
    let pairs = '';
    for (const [name, label] of Object.entries<string>(labels))
      pairs += `${pairs && ','}${name}="${escaped(label)}"`;
    text += `${metric}{${pairs}} ${value}\n`;
  }
  return text;
}

function escaped(label: string): string {
  return label.replace(/[\\"\n]/g, (character) => (character === '\n' ? '\\n' : `\\${character}`));
}

async function loopPush({ url }: Server, pushed: Group): Promise<void> {
  const headers = { 'Content-Type': 'text/plain; version=0.0.4', 'Content-Encoding': 'gzip' };
  const response = await fetch(groupUrl(url, pushed), {
    method: 'PUT',
    headers,
    body: gzipSync(loopText(pushed)),
  });
  if (response.status !== 200)
    throw new Error(`expected 200, got ${response.status}: ${await response.text()}`);
}
