import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { METRICS, type MetricName } from '../../../../lambdas/catalog/metrics';
import type { WebhookFormat } from '../../../../lambdas/catalog/runtime-settings';
import { digest } from '../../../../lambdas/collectors/digest/collector';
import type { DigestSource } from '../../../../lambdas/collectors/digest/port';
import { alignedTable, widthOf } from '../../../../lambdas/collectors/digest/visible-text';
import { post } from '../../../../lambdas/collectors/digest/webhook';
import { SETTINGS } from '../../../dashboards/models';
import { usageOf } from '../../../support/promql-usage';
import { type RecordingGateway, startRecordingGateway } from '../../../support/recording-gateway';
import { ASKED, fakePrometheus, HELD, type Held } from './fake-prometheus';

const INPUT = {
  accountId: '111122223333',
  partition: 'aws',
  suiteAccounts: [],
  scheduledTime: new Date('2026-03-15T08:00:00Z'),
};
const FORMATS: readonly WebhookFormat[] = ['slack', 'teams', 'webhook'];

let receiver: RecordingGateway;
beforeAll(async () => {
  receiver = await startRecordingGateway();
});
afterEach(() => receiver.clear());
afterAll(() => receiver.stop());

/** Runs the digest and posts its messages to the receiver. */
async function run(format: WebhookFormat, query: DigestSource['query']) {
  const url = new URL(`${receiver.url}/services/T0/B0/secret`);
  const { signal } = new AbortController();
  const source = { query, post: (message: object) => post(url, message, { signal }) };
  const findings = await digest(source, settingsFor(format))(INPUT);
  return { findings, messages: receiver.requests.map(({ body }) => JSON.parse(body)) };
}

function settingsFor(format: WebhookFormat, { hours, sinks } = SETTINGS) {
  const digest = { prometheusUrl: 'http://127.0.0.1:9', webhookSecretArn: '', format };
  return { digest, costDays: 14, settleDays: 1, hours, sinks };
}

function golden(name: string): unknown {
  return JSON.parse(readFileSync(path.join(__dirname, `${name}.json`), 'utf8'));
}

const COMPLETE = { groups: [], failures: [] };

test.each(FORMATS)('posts the complete report once, as %s', async (format) => {
  const { findings, messages } = await run(format, fakePrometheus(HELD));
  expect(findings).toEqual(COMPLETE);
  expect(messages).toEqual([golden(format)]);
  expect(receiver.requests.map(({ method, url, headers }) => [method, url, headers['content-type']])).toEqual(
    [['POST', '/services/T0/B0/secret', 'application/json']],
  );
});

test.each(FORMATS)('without data in Prometheus, every section reports so, as %s', async (format) => {
  const { findings, messages } = await run(format, fakePrometheus({}));
  expect(findings).toEqual(COMPLETE);
  expect(messages).toEqual([golden(`${format}-no-data`)]);
});

test('queries every number as of the scheduled time', async () => {
  const times = new Set<string>();
  await run('webhook', async (_, at) => {
    times.add(at.toISOString());
    return [];
  });
  expect([...times]).toEqual(['2026-03-15T08:00:00.000Z']);
});

test('every query is PromQL for metrics and labels of the catalog', async () => {
  const asked: string[] = [];
  await run('webhook', async (expression) => {
    asked.push(expression);
    return [];
  });
  expect(asked.length).toBeGreaterThan(0);
  for (const { errors, metrics, labels } of asked.map(usageOf)) {
    expect(errors).toEqual([]);
    for (const { metric, label } of labels)
      expect([...(METRICS[metric as MetricName]?.labels ?? []), 'deployment']).toContain(label);
    expect(metrics.filter((metric) => !(metric in METRICS))).toEqual([]);
  }
});

test('a section that cannot be read is named in the report, and fails the run', async () => {
  const query: DigestSource['query'] = async (expression, at) => {
    if (expression === ASKED.projects) throw new Error('expected 200 from Prometheus at here, got 503: busy');
    return fakePrometheus(HELD)(expression, at);
  };
  const { findings, messages } = await run('webhook', query);
  expect(findings).toEqual({
    ...COMPLETE,
    failures: [
      {
        part: 'digest',
        subject: 'projects',
        reason: 'other',
        message: 'expected 200 from Prometheus at here, got 503: busy',
      },
    ],
  });
  expect(messages).toEqual([{ ...(golden('webhook') as object), projects: { state: 'unreadable' } }]);
});

test('if nothing can be read from Prometheus, nothing is posted', async () => {
  const { findings, messages } = await run('slack', () => Promise.reject(new Error('no answer')));
  expect(findings.failures.map(({ part, subject }) => [part, subject])).toEqual(
    ['accounts', 'projects', 'services', 'unowned', 'freshness'].map((subject) => ['digest', subject]),
  );
  expect(messages).toEqual([]);
});

test('a report that cannot be posted fails the run', async () => {
  const source = { query: fakePrometheus(HELD), post: () => Promise.reject(new Error('refused')) };
  expect(await digest(source, settingsFor('teams'))(INPUT)).toEqual({
    groups: [],
    failures: [{ part: 'digest', subject: 'post', reason: 'other', message: 'refused' }],
  });
});

test('figures are stale by the schedule of their own collector', async () => {
  const end = (collector: string, time: string) =>
    [{ account_id: '111122223333', collector }, Date.parse(time) / 1000] as const;
  const held = {
    ...HELD,
    // The limit is 50 hours and a day of settling for daily runs, and 14 hours and a day for runs every six hours.
    [ASKED.ends]: [end('projects', '2026-03-12T06:00:00Z'), end('user-costs', '2026-03-13T17:00:00Z')],
    [ASKED.incomplete]: [],
  };
  const source = { query: fakePrometheus(held), post: async (message: object) => void posted.push(message) };
  const posted: object[] = [];
  const hours = { ...SETTINGS.hours, 'user-costs': [0, 6, 12, 18] };
  await digest(source, settingsFor('webhook', { ...SETTINGS, hours }))(INPUT);
  expect(posted).toMatchObject([
    {
      freshness: {
        oldest: { collector: 'projects', ageHours: 74, stale: false },
        stale: [{ collector: 'user-costs' }],
      },
    },
  ]);
});

test('the first sink that Prometheus can read determines the form of the queries', async () => {
  const asked: string[] = [];
  const query = async (expr: string) => {
    asked.push(expr);
    return [];
  };
  const retired = { type: 'pushgateway', url: 'https://gateway.example.com', retired: true } as const;
  const written = { type: 'remote-write', url: 'https://mimir.example.com/api/v1/push' } as const;
  const sinks = [{ type: 'stdout' } as const, retired, written];
  await digest({ query, post: async () => {} }, settingsFor('webhook', { ...SETTINGS, sinks }))(INPUT);
  expect(asked).toHaveLength(Object.keys(ASKED).length);
  for (const expr of asked) {
    expect(expr).toMatch(/\(last_over_time\([^()]*\[7d\]( offset 14d)?\) > -Inf\)/);
    expect(usageOf(expr).errors).toEqual([]);
  }
});

test('a service is new only if other services are known for the window before', async () => {
  const service = (name: string, usd: number) => [{ service: name }, usd] as const;
  const services = { [ASKED.services]: [service('A', 2), service('B', 1)] };
  const column = async (held: Held) => {
    receiver.clear();
    const { messages } = await run('slack', fakePrometheus(held));
    return (messages[0].blocks[3].text.text as string).split('\n').slice(2, -1);
  };
  expect(await column({ ...services, [ASKED.servicesBefore]: [service('A', 0.5)] })).toEqual([
    'Service  14 days  Before  Change',
    '-------  -------  ------  ------',
    'A          $2.00   $0.50  +$1.50',
    'B          $1.00       –     new',
    'Total      $3.00   $0.50  +$2.50',
  ]);
  expect(await column(services)).toEqual([
    'Service  14 days  Before  Change',
    '-------  -------  ------  ------',
    'A          $2.00       –       –',
    'B          $1.00       –       –',
    'Total      $3.00       –       –',
  ]);
});

test('columns are as wide as their widest cell or header, in visible characters', () => {
  const table = {
    header: ['Account', 'Cost ($)'],
    rows: [
      ['👩‍👩‍👧 é', '1'],
      ['日本', '22'],
    ],
  };
  const lines = alignedTable(table);
  expect(lines).toEqual([
    'Account  Cost ($)',
    '-------  --------',
    '👩‍👩‍👧 é            1',
    '日本           22',
  ]);
  expect(lines.map(widthOf)).toEqual([17, 17, 17, 17]);
});

const HOSTILE = [
  '<!channel> <@U1> <https://evil.example|free money>',
  '``` `code` ```',
  'a|b\\c [x](https://evil.example) **b** <at>all</at>',
  'line\nbreak\r\n\u2028tab\t\u202eltr',
  '👩‍👩‍👧🇩🇪日本語'.repeat(20),
  `e${'\u0301'.repeat(8_000)}`,
  '&'.repeat(8_192),
  '<'.repeat(8_192),
];

function hostileHeld(): Held {
  const names = Array.from({ length: 40 }, (_, i) => `${i}${HOSTILE[i % HOSTILE.length]}`);
  const many = (label: string) => names.map((name, i) => [{ [label]: name }, 1e9 - i] as const);
  const ids = names.map((name, i) => [String(100_000_000_000 + i), name] as const);
  return {
    ...HELD,
    [ASKED.infos]: ids.map(([account_id, account_name]) => [{ account_id, account_name, state: '' }, 1]),
    [ASKED.months]: ids.flatMap(([account_id]) =>
      ['2025-12', '2026-01', '2026-02', '2026-03'].map((month) => [{ account_id, month }, 1e9] as const),
    ),
    [ASKED.toDate]: ids.map(([account_id]) => [{ account_id }, 1e9]),
    [ASKED.projects]: many('project'),
    [ASKED.services]: many('service'),
    [ASKED.ends]: names.map((name) => [{ account_id: name, collector: name, deployment: name }, 0]),
    [ASKED.incomplete]: names.map((name) => [{ account_id: name, collector: name, deployment: name }, 1]),
  };
}

test('hostile names neither break a Slack block, nor mention anybody, nor exceed Slack’s limits', async () => {
  const { findings, messages } = await run('slack', fakePrometheus(hostileHeld()));
  expect(findings).toEqual(COMPLETE);
  const texts = (messages[0].blocks as { text: { text: string } }[]).map(({ text }) => text.text);
  expect(texts.length).toBeLessThanOrEqual(50);
  expect(texts.filter(({ length }) => length > 3_000)).toEqual([]);
  expect(texts.filter((text) => /[<>]|&(?!(amp|lt|gt);)/.test(text))).toEqual([]);
  // Fences come in pairs, and all lines between them have the same width.
  const fenced = texts.filter((text) => text.includes('`'));
  for (const text of fenced) expect(text).toMatch(/^(\*[^`]*\*\n)?```\n[^`]+\n```$/);
  const widths = fenced.map((text) => new Set(linesBetweenFences(text).map(shownWidth)).size);
  expect([...new Set(widths)]).toEqual([1]);
});

function linesBetweenFences(text: string): string[] {
  return text.slice(text.indexOf('```\n') + 4, -4).split('\n');
}

function shownWidth(line: string): number {
  return widthOf(line.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&'));
}

test('hostile names stay names in a Teams card, which stays below the limit of Teams', async () => {
  const { messages } = await run('teams', fakePrometheus(hostileHeld()));
  expect(Buffer.byteLength(receiver.requests[0]?.body ?? '')).toBeLessThan(28_000);
  const types = [...JSON.stringify(messages).matchAll(/"type":"(\w+)"/g)].map(([, type]) => type);
  expect([...new Set(types)].sort()).toEqual(
    ['AdaptiveCard', 'RichTextBlock', 'Table', 'TableCell', 'TableRow', 'TextRun', 'message'].sort(),
  );
});

test.each(['constructor', '__proto__', 'toString'])('a project may be called %s', async (project) => {
  const { findings, messages } = await run(
    'webhook',
    fakePrometheus({ ...HELD, [ASKED.projects]: [[{ project }, 1]] }),
  );
  expect(findings).toEqual(COMPLETE);
  expect(JSON.stringify(messages[0])).toContain(`"project":"${project}"`);
});

test('hostile names reach a plain webhook unchanged', async () => {
  const { messages } = await run('webhook', fakePrometheus(hostileHeld()));
  const projects: { project: string }[] = messages[0].projects.projects;
  expect(projects.slice(0, 8).map(({ project }) => project)).toEqual(HOSTILE.map((name, i) => `${i}${name}`));
  expect(messages[0].projects.more).toEqual({ count: 25, usd: 25e9 - (25 * (15 + 39)) / 2 });
});
