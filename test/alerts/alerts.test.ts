import { readdirSync } from 'node:fs';
import * as path from 'node:path';
import { METRICS } from '../../lambdas/catalog/metrics';
import { ruleGroups } from '../../lib/alerts/all';
import { readSettings } from '../../lib/config';
import { run } from '../../lib/local/servers/command';
import { startPrometheus } from '../../lib/local/servers/prometheus';
import { usageOf } from '../support/promql-usage';
import { realPrograms } from '../support/real-servers';
import { FIRING } from './cases';
import { GROUPS, testRules } from './promtool';

const ALERTS = path.join(__dirname, '..', '..', 'docs', 'alerts');
const RULES = GROUPS.flatMap(({ rules }) => rules);

test('a case whose minute is wrong fails', async () => {
  const [one] = FIRING;
  if (!one) throw new Error('expected a case');
  const later = { ...one, fires: { ...one.fires, minute: one.fires.minute + 1 } };
  const { code, stderr } = await testRules([later]);
  expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('time: 1h') });
});

test('every alert has a case in FIRING of test/alerts/cases.ts', () => {
  const tested = new Set(FIRING.map(({ alert }) => alert));
  const untested = RULES.map(({ alert }) => alert).filter((alert) => !tested.has(alert));
  expect(untested).toEqual([]);
});

test('promtool has no findings in the files of docs/alerts', async () => {
  const { promtool } = await realPrograms('promtool');
  const files = readdirSync(ALERTS).map((file) => path.join(ALERTS, file));
  const { code, stdout, stderr } = await run(promtool, [
    'check',
    'rules',
    '--lint=all',
    '--lint-fatal',
    ...files,
  ]);
  expect({ code, stderr, found: stdout.match(/\d+ rules found/g) }).toEqual({
    code: 0,
    stderr: '',
    found: expect.arrayContaining(['4 rules found']),
  });
});

test('Prometheus loads every group, after `npm run generate` has written it', async () => {
  const { prometheus } = await realPrograms('prometheus');
  const server = await startPrometheus(prometheus, {
    pushgatewayUrl: 'http://127.0.0.1:1',
    ruleFiles: [path.join(ALERTS, '*.yml')],
  });
  try {
    const { data } = (await (await fetch(`${server.url}/api/v1/rules`)).json()) as Loaded;
    expect(data.groups.map(({ name }) => name)).toEqual(GROUPS.map(({ name }) => `tollgate-${name}`).sort());
  } finally {
    await server.stop();
  }
});

interface Loaded {
  readonly data: { readonly groups: readonly { readonly name: string }[] };
}

test('a condition queries metrics and labels of the catalog, or metrics of the gateway and its scrape', () => {
  const uses = RULES.map(({ alert, when }) => ({ alert, ...usageOf(when.expr) }));
  const unknown = uses.flatMap(({ metrics }) => metrics).filter((metric) => !(metric in METRICS));
  expect(uses.filter(({ errors }) => errors.length > 0)).toEqual([]);
  expect([...new Set(unknown)].sort()).toEqual(['push_failure_time_seconds', 'push_time_seconds', 'up']);
});

test('without a budget no forecast is above it', () => {
  const settings = readSettings({ sinks: [{ type: 'pushgateway', url: 'https://pushgateway.example.com' }] });
  const alerts = ruleGroups(settings).flatMap(({ rules }) => rules.map(({ alert }) => alert));
  expect(RULES.map(({ alert }) => alert).filter((alert) => !alerts.includes(alert))).toEqual([
    'TollgateForecastAboveBudget',
  ]);
});
