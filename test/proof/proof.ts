import { readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { ruleGroups } from '../../lib/alerts/all';
import { readSettings } from '../../lib/config';
import { query } from '../../lib/local/servers/prometheus';
import { terminalTable } from '../../lib/terminal-table';
import { DASHBOARDS } from '../dashboards/models';
import { expressions } from '../support/expressions';
import { stopAfterAll } from '../support/stop';
import { startWorld, type World } from '../support/world';
import { TIME_PANELS, TRUTHS } from './truths';

/** One line of the proof: a panel, or one of its queries. */
interface Proven {
  readonly dashboard: string;
  readonly panel: string;
  readonly rows: number;
  /** Value of a panel with a single number. */
  readonly value?: number;
  readonly truth?: number;
}

const DOCS = path.join(__dirname, '../../docs');

interface PanelQuery {
  readonly dashboard: string;
  readonly panel: string;
  readonly expr: string;
  readonly isNumber: boolean;
  readonly mayBeEmpty: boolean;
}

const PANEL_QUERIES: readonly PanelQuery[] = DASHBOARDS.flatMap(({ name, plan, model }) => {
  const numbers = new Set(
    (model.panels ?? []).filter(({ type }) => type === 'stat').map(({ title }) => title),
  );
  return expressions(model).map(({ title, expr }) => ({
    dashboard: name,
    panel: title,
    expr,
    isNumber: numbers.has(title),
    mayBeEmpty: plan.emptyWhenHealthy?.includes(title) ?? false,
  }));
});

const RULES = ruleGroups(
  readSettings({ sinks: [{ type: 'pushgateway', url: 'http://127.0.0.1:9' }], budgetUsd: 1_000 }),
).flatMap(({ name, rules }) => rules.map(({ alert, when }) => ({ group: name, alert, expr: when.expr })));

/** Queries that the documents suggest. */
const DOCUMENTED = readdirSync(DOCS)
  .filter((file) => file.endsWith('.md'))
  .flatMap((file) => {
    const text = readFileSync(path.join(DOCS, file), 'utf8');
    return [...text.matchAll(/^```promql\n(.*?)^```$/gms)].map(([, expr = '']) => ({ file, expr }));
  });

/** Runs every query of the dashboards, alerts and documents in a world of `days` days, and prints the answers as a table. */
export function proof(days: number): void {
  const proven: Proven[] = [];
  let held = 0;
  let world: World | undefined;
  beforeAll(async () => {
    world = await stopAfterAll(startWorld(days));
  });
  afterAll(() => {
    // Without a world no query ran, and an empty table would look like a proof.
    if (world) process.stdout.write(`\n${proofTable(proven, held)}\n`);
  });
  const answerTo = (expr: string) => query(started(world).prometheus, expr);

  test('every panel with a single number has an expected value, and every expected value has a panel', () => {
    const numbers = PANEL_QUERIES.filter(({ isNumber, panel }) => isNumber && !TIME_PANELS.has(panel));
    expect(numbers.map(nameOf).sort()).toEqual(Object.keys(TRUTHS).sort());
  });

  test.each(PANEL_QUERIES)('$dashboard: $panel', async (panelQuery) => {
    const { dashboard, panel, expr, isNumber, mayBeEmpty } = panelQuery;
    const answer = await answerTo(expr);
    const truth = TRUTHS[nameOf(panelQuery)]?.(started(world));
    const value = isNumber ? answer[0]?.value : undefined;
    proven.push({ dashboard, panel, rows: answer.length, value, truth });
    if (!mayBeEmpty) expect(answer.length).toBeGreaterThan(0);
    if (truth !== undefined) expect(rounded(value)).toBe(rounded(truth));
    held += 1;
  });

  test.each(RULES)(
    'the query of the alert $alert runs, and the alert does not fire',
    async ({ group, alert, expr }) => {
      const answer = await answerTo(expr);
      proven.push({ dashboard: `alerts/${group}`, panel: alert, rows: answer.length });
      expect(answer.filter(() => !FIRING_HERE.has(alert))).toEqual([]);
      held += 1;
    },
  );

  test.each(DOCUMENTED)('a query that $file suggests has an answer: $expr', async ({ file, expr }) => {
    const answer = await answerTo(expr);
    proven.push({ dashboard: `docs/${file}`, panel: expr.trim().split('\n')[0] ?? '', rows: answer.length });
    expect(answer.length).toBeGreaterThan(0);
    held += 1;
  });
}

function started(world: World | undefined): World {
  if (world) return world;
  throw new Error('expected a world, which could not be started');
}

/** Alerts that fire here, because the generated account costs more than the budget. */
const FIRING_HERE: ReadonlySet<string> = new Set(['TollgateForecastAboveBudget']);

function nameOf({ dashboard, panel }: { dashboard: string; panel: string }): string {
  return `${dashboard} / ${panel}`;
}

/** Rounds to a cent, and shares to a hundredth of a percent. */
function rounded(value: number | undefined): string | undefined {
  return value === undefined ? undefined : Math.abs(value) < 10 ? value.toFixed(4) : value.toFixed(2);
}

function proofTable(lines: readonly Proven[], held: number): string {
  const rows = lines.map(({ dashboard, panel, rows, value, truth }) => [
    dashboard,
    panel,
    String(rows),
    rounded(value) ?? '',
    rounded(truth) ?? '',
  ]);
  return `${terminalTable([['dashboard', 'panel', 'rows', 'value', 'truth'], ...rows])}\n\n${verdict(lines, held)}\n`;
}

function verdict(lines: readonly Proven[], held: number): string {
  const all = PANEL_QUERIES.length + RULES.length + DOCUMENTED.length;
  if (held < all) return `FAILED: ${held} of ${all} queries held`;
  const empty = lines.filter((line) => line.rows === 0 && !line.dashboard.startsWith('alerts/')).length;
  return `${all} queries, ${empty} empty (of panels that are empty while all is well), 0 differences`;
}
