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
import { OF_THE_CLOCK, TRUTHS } from './truths';

/** One line of the proof: a panel, or one of its queries. */
interface Proven {
  readonly dashboard: string;
  readonly panel: string;
  readonly rows: number;
  /** Of a panel with a single number. */
  readonly value?: number;
  readonly truth?: number;
}

const DOCS = path.join(__dirname, '../../docs');

interface Asked {
  readonly dashboard: string;
  readonly panel: string;
  readonly expr: string;
  readonly isNumber: boolean;
  readonly mayBeEmpty: boolean;
}

const ASKED: readonly Asked[] = DASHBOARDS.flatMap(({ name, plan, model }) => {
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
  readSettings({ pushgateway: { url: 'http://127.0.0.1:9' }, budgetUsd: 1_000 }),
).flatMap(({ name, rules }) => rules.map(({ alert, when }) => ({ group: name, alert, expr: when.expr })));

/** What the documents suggest to ask. */
const DOCUMENTED = readdirSync(DOCS)
  .filter((file) => file.endsWith('.md'))
  .flatMap((file) => {
    const text = readFileSync(path.join(DOCS, file), 'utf8');
    return [...text.matchAll(/^```promql\n(.*?)^```$/gms)].map(([, expr = '']) => ({ file, expr }));
  });

/** Asks a world of so many days every query of the dashboards, alerts and documents, and prints the answers as a table. */
export function proof(days: number): void {
  const proven: Proven[] = [];
  let held = 0;
  let world: World | undefined;
  beforeAll(async () => {
    world = await stopAfterAll(startWorld(days));
  });
  afterAll(() => {
    // without a world nothing was asked, and a table of nothing would look like a proof
    if (world) process.stdout.write(`\n${proofTable(proven, held)}\n`);
  });
  const ask = (expr: string) => query(started(world).prometheus, expr);

  test('every panel with a single number has a truth, and every truth a panel', () => {
    const numbers = ASKED.filter(({ isNumber, panel }) => isNumber && !OF_THE_CLOCK.has(panel));
    expect(numbers.map(nameOf).sort()).toEqual(Object.keys(TRUTHS).sort());
  });

  test.each(ASKED)('$dashboard: $panel', async (asked) => {
    const answer = await ask(asked.expr);
    const truth = TRUTHS[nameOf(asked)]?.(started(world));
    const value = asked.isNumber ? answer[0]?.value : undefined;
    proven.push({ dashboard: asked.dashboard, panel: asked.panel, rows: answer.length, value, truth });
    if (!asked.mayBeEmpty) expect(answer.length).toBeGreaterThan(0);
    if (truth !== undefined) expect(rounded(value)).toBe(rounded(truth));
    held += 1;
  });

  test.each(RULES)(
    'the alert $alert is an answer, and not one that fires',
    async ({ group, alert, expr }) => {
      const answer = await ask(expr);
      proven.push({ dashboard: `alerts/${group}`, panel: alert, rows: answer.length });
      expect(answer.filter(() => !FIRING_HERE.has(alert))).toEqual([]);
      held += 1;
    },
  );

  test.each(DOCUMENTED)('what $file suggests to ask has an answer: $expr', async ({ file, expr }) => {
    const answer = await ask(expr);
    proven.push({ dashboard: `docs/${file}`, panel: expr.trim().split('\n')[0] ?? '', rows: answer.length });
    expect(answer.length).toBeGreaterThan(0);
    held += 1;
  });
}

function started(world: World | undefined): World {
  if (world) return world;
  throw new Error('expected a world, which could not be started');
}

/** The generated account costs more than the budget of the trial. */
const FIRING_HERE: ReadonlySet<string> = new Set(['TollgateForecastAboveBudget']);

function nameOf({ dashboard, panel }: { dashboard: string; panel: string }): string {
  return `${dashboard} / ${panel}`;
}

/** To the cent, and shares to a hundredth of a percent. */
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
  const asked = ASKED.length + RULES.length + DOCUMENTED.length;
  if (held < asked) return `FAILED: ${held} of ${asked} queries held`;
  const empty = lines.filter((line) => line.rows === 0 && !line.dashboard.startsWith('alerts/')).length;
  return `${asked} queries, ${empty} empty (of panels that are empty while all is well), 0 differences`;
}
