import { exposition } from '../../lambdas/metrics/exposition';
import { type Group, group } from '../../lambdas/metrics/group';
import { registered } from '../../lambdas/metrics/registered-group';
import { toRegistry } from '../../lambdas/metrics/registry';
import { sample } from '../../lambdas/metrics/sample';
import { pushgatewaySink } from '../../lambdas/sinks/pushgateway';
import { callOf } from '../support/sink-call';

// This process of the bench writes or pushes one group once, and prints its processor time and its peak memory.

const LABELS = { account_id: '111122223333', region: 'eu-west-1' };

const WAYS: Readonly<Record<string, (pushed: Group, url: string) => Promise<unknown>>> = {
  loop: async (pushed) => Buffer.from(loopText(pushed)),
  text: async (pushed) => {
    const { chunks } = await exposition(toRegistry(pushed));
    return Buffer.concat(Array.from(chunks, (chunk) => Buffer.from(chunk)));
  },
  push: (pushed, url) =>
    pushgatewaySink({ url, timeoutMs: 60_000 }).put(registered(pushed), callOf(new AbortController().signal)),
};

/** Writes the same lines with the least work: escaped, without checks of names, duplicates or keys. */
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

function groupOf(series: number): Group {
  const samples = Array.from({ length: series }, (_, i) =>
    sample('aws_user_billed_cost_usd', { ...LABELS, user_name: `user.name-${i}@example.com` }, i / 7),
  );
  return group('IAM_User_Total_Services_Cost_List', LABELS, samples);
}

async function main([way = '', series = '', url = '']: readonly string[]): Promise<void> {
  const pushed = groupOf(Number(series));
  const started = process.cpuUsage();
  await WAYS[way]?.(pushed, url);
  const { user, system } = process.cpuUsage(started);
  const ms = (user + system) / 1000;
  process.stdout.write(JSON.stringify({ ms, peakMb: process.resourceUsage().maxRSS / 1000 }));
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
