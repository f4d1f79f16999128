import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { groupUrl } from '../../lambdas/sinks/pushgateway';
import { runbookUrl } from '../../lib/alerts/rule';
import { run } from '../../lib/local/servers/command';
import type { Server } from '../../lib/local/servers/server';
import { GROUPS } from '../alerts/promtool';
import { realPushgateway } from '../support/real-servers';
import { anchorOf } from './anchors';

const DOCS = path.join(__dirname, '..', '..', 'docs');
const PAGE = readFileSync(path.join(DOCS, 'operations.md'), 'utf8');

/** The alerts on numbers from any origin. */
const ALERTS = [
  ...new Set(
    Object.values(GROUPS).flatMap((groups) => groups.flatMap(({ rules }) => rules.map(({ alert }) => alert))),
  ),
];

const SECTIONS = [...PAGE.matchAll(/^### (.+)\n([\s\S]*?)(?=^##)/gm)].map(([, title = '', text = '']) => ({
  anchor: anchorOf(title),
  headings: [...text.matchAll(/^\*\*(.+?)\.\*\*/gm)].map(([, heading]) => heading),
}));

test('every alert has a section and every section an alert, each with meaning, where to look and what to do', () => {
  const expected = ALERTS.map((alert) => ({
    anchor: runbookUrl({ alert }).replace('docs/operations.md#', ''),
    headings: ['Meaning', 'Where to look', 'What to do'],
  }));
  const byAnchor = (a: { anchor: string }, b: { anchor: string }) => (a.anchor < b.anchor ? -1 : 1);
  expect([...SECTIONS].sort(byAnchor)).toEqual(expected.sort(byAnchor));
});

test('the commands list the groups of a gateway and delete the one they name', async () => {
  const gateway = await realPushgateway();
  try {
    const stale = { account_id: '111122223333', collector: 'digest' };
    const fresh = { account_id: '111122223333', collector: 'roles' };
    for (const groupingKey of [stale, fresh]) await push(gateway, groupingKey);
    const section = PAGE.slice(PAGE.indexOf('## Delete a group by hand'));
    const [list = '', remove = ''] = [...section.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(
      ([, code]) => code,
    );
    const groups = async () => labelsIn(await shell(list, gateway));
    expect(await groups()).toEqual([stale, fresh].map(withJob));
    expect(await shell(remove, gateway)).toBe('');
    expect(await groups()).toEqual([withJob(fresh)]);
  } finally {
    await gateway.stop();
  }
});

type Labels = Readonly<Record<string, string>>;

function withJob(labels: Labels): Labels {
  return { job: 'tollgate_success', ...labels };
}

async function push(gateway: Server, groupingKey: Labels): Promise<void> {
  const url = groupUrl(gateway.url, { job: 'tollgate_success', groupingKey });
  const { status } = await fetch(url, { method: 'PUT', body: 'tollgate_success_timestamp_seconds 1\n' });
  expect(status).toBe(200);
}

async function shell(script: string, gateway: Server): Promise<string> {
  const { code, stdout, stderr } = await run('sh', ['-c', script], {
    env: { ...process.env, GATEWAY: gateway.url },
  });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
}

function labelsIn(lines: string): Labels[] {
  return [...lines.matchAll(/^push_time_seconds\{(.*)\}/gm)].map(([, text = '']) =>
    Object.fromEntries([...text.matchAll(/(\w+)="([^"]+)"/g)].map(([, label, value]) => [label, value])),
  );
}
