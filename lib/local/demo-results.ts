import { writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { type Delivery, deliveryOf } from '../../lambdas/catalog/delivery';
import type { SimulatedRequest } from './aws/server';
import type { DemoSettings } from './demo-settings';
import type { Demo, Outcome } from './demo-world';
import type { Invocation } from './lambda';
import type { LocalServers } from './servers/local-servers';
import { nextScrape } from './servers/prometheus';
import { type Arrived, readArrived, type Summary, summarise } from './summary';
import { summaryText } from './summary-text';

/** Prints the results of a round, and writes them to the folder of --out. */
export async function show(
  demo: Demo,
  invocations: readonly Invocation[],
  requests: readonly SimulatedRequest[],
): Promise<Outcome> {
  const { print, progress, options, servers, bill, settings } = demo;
  const arrived = await arrivedIn(servers, deliveryOf(settings.sinks));
  const durationSeconds = (performance.now() - demo.startedAt) / 1000;
  const period = periodOf(bill.asOf, settings);
  const summary = summarise({ bill, period, invocations, requests, durationSeconds }, arrived);
  progress('');
  if (arrived) print(`${summaryText(summary, arrived)}\n`);
  if (demo.receiver.messages.length > 0)
    print(`the digest was posted${options.out ? '' : '; --out writes it to digest.json'}\n`);
  if (options.gatewayUrl) print(`${pushedTo(options.gatewayUrl, invocations)}\n`);
  if (servers.missing) print(expositions(invocations));
  if (options.out) await writeOut(options.out, { ...demo, summary });
  const failures = [...summary.failures, ...(servers.missing ? [servers.missing.summary] : [])];
  for (const failure of failures) progress(`failed: ${failure}`);
  return failures.length === 0 ? 'complete' : 'incomplete';
}

function pushedTo(url: string, invocations: readonly Invocation[]): string {
  const complete = invocations.filter(({ error }) => error === undefined).length;
  return `pushed to ${url}: ${complete} of ${invocations.length} functions completed`;
}

async function arrivedIn({ prometheus }: LocalServers, delivery: Delivery): Promise<Arrived | undefined> {
  if (!prometheus) return undefined;
  await nextScrape(prometheus);
  return readArrived(prometheus, delivery);
}

/** Returns the groups in the functions' logs, where they are without a gateway, next to reports in JSON. */
function expositions(invocations: readonly Invocation[]): string {
  const lines = invocations.flatMap(({ output }) => output.trimEnd().split('\n'));
  return `${lines.filter((line) => !line.startsWith('{')).join('\n')}\n`;
}

async function writeOut(
  folder: string,
  { servers, receiver, summary }: Demo & { readonly summary: Summary },
): Promise<void> {
  await writeFile(path.join(folder, 'summary.json'), `${JSON.stringify(summary, null, 2)}\n`);
  const digest = receiver.messages.at(-1);
  if (digest !== undefined) await writeFile(path.join(folder, 'digest.json'), digest);
  if (!servers.pushgateway) return;
  const metrics = await fetch(`${servers.pushgateway.url}/metrics`);
  await writeFile(path.join(folder, 'gateway.txt'), await metrics.text());
}

/** Returns the cost window, to compare its sums with the bill. */
function periodOf(asOf: Date, { costDays, settleDays }: DemoSettings): { start: string; end: string } {
  const day = (daysAgo: number) => new Date(asOf.getTime() - daysAgo * 86_400_000).toISOString().slice(0, 10);
  return { start: day(settleDays - 1 + costDays), end: day(settleDays - 1) };
}
