import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import fc from 'fast-check';
import { atEnd, before, once, overDays, series } from '../../lambdas/promql/selector';
import { aggregate, medianOverDays, type Vector } from '../../lambdas/promql/vector';
import { run } from '../../lib/local/servers/command';
import { realPrograms } from '../support/real-servers';

const DAY = 24 * 60;
const DAYS = 16;

/** The day of a series: the value that the run finds, or none if the series has vanished. */
type Value = number | undefined;

interface World {
  /** The minute of each day at which its run ends. */
  readonly runs: readonly number[];
  /** The values of each series by day. */
  readonly values: readonly (readonly Value[])[];
  /** The minute, counted from the first, at which both forms are compared. */
  readonly at: number;
}

const METRIC = 'aws_project_billed_cost_usd';
const COST = series(METRIC);
const BY_PROJECT = once(COST);

/** Every moment that a selector can have, and functions over days. */
const VECTORS: Readonly<Record<string, Vector>> = {
  now: BY_PROJECT,
  sum: aggregate('sum', BY_PROJECT),
  end: once(atEnd(COST)),
  'a week before': once(before(COST, '7d')),
  'a day before': aggregate('sum', once(before(COST, '1d'))),
  average: once(overDays('avg', COST, { days: 7, asOfDaysAgo: 1 })),
  deviation: once(overDays('stddev', COST, { days: 7, asOfDaysAgo: 1 })),
  last: once(overDays('last', COST, { days: 1, asOfDaysAgo: 3 })),
  median: medianOverDays(aggregate('sum', BY_PROJECT), { days: 7, asOfDaysAgo: 1 }),
};

const WORLDS: fc.Arbitrary<World> = fc.record({
  runs: fc.array(fc.integer({ min: 1, max: DAY - 2 }), { minLength: DAYS, maxLength: DAYS }),
  values: fc.array(
    fc.array(fc.option(fc.integer({ min: -5, max: 100 }), { nil: undefined, freq: 4 }), {
      minLength: DAYS,
      maxLength: DAYS,
    }),
    { minLength: 1, maxLength: 4 },
  ),
  at: fc.integer({ min: 9 * DAY, max: DAYS * DAY - 1 }),
});

test('written once a day, random series have the answers of series that are scraped every minute', async () => {
  const worlds = fc.sample(WORLDS, { numRuns: 25, seed: 7 });
  const { code, stdout, stderr } = await promtool(worlds.map(comparison));
  expect({ code, stdout: stdout.includes('SUCCESS'), stderr }).toEqual({ code: 0, stdout: true, stderr: '' });
});

test('a series that was not ended by a NaN is found', async () => {
  const world: World = { runs: Array(DAYS).fill(60), values: [[1, undefined]], at: 9 * DAY };
  const { input_series, ...rest } = comparison(world);
  const forgotten = input_series.map((one) => ({ ...one, values: one.values.replace('NaN', '_') }));
  const early = rest.promql_expr_test.map((one) => ({ ...one, eval_time: `${2 * DAY}m` }));
  const { code } = await promtool([{ ...rest, input_series: forgotten, promql_expr_test: early }]);
  expect(code).toBe(1);
});

/** Returns a test that expects no difference between the forms. */
function comparison({ runs, values, at }: World) {
  return {
    interval: '1m',
    input_series: [...values, KEPT].flatMap((of, i) => [
      { series: `${METRIC}{account_id="1", project="p${i}"}`, values: scraped(runs, of) },
      { series: `written{account_id="1", project="p${i}"}`, values: written(runs, of) },
    ]),
    promql_expr_test: Object.values(VECTORS).map((vector) => ({
      expr: difference(vector),
      eval_time: `${at}m`,
      exp_samples: [],
    })),
  };
}

/** A series that never vanishes. Only if all series have, the scraped form looks back to the midnight before. */
const KEPT: readonly Value[] = Array(DAYS).fill(1);

/** Returns the elements of either form that the other one lacks, or that differ. */
function difference({ expr }: Vector): string {
  const [left, right] = [expr('scraped'), expr('written').replaceAll(METRIC, 'written')];
  return `((${left}) unless (${right})) or ((${right}) unless (${left})) or (abs((${left}) - (${right})) > 1e-9)`;
}

/** Returns a sample a minute from the first run on, and a stale marker once the series has vanished. */
function scraped(runs: readonly number[], values: readonly Value[]): string {
  const steps = runs.map((minute, day) => {
    const minutes = (runs[day + 1] ?? DAY - 1) + DAY - minute;
    const value = values[day];
    if (value !== undefined) return `${value}x${minutes - 1}`;
    return values[day - 1] === undefined ? `_x${minutes}` : `stale _x${minutes - 1}`;
  });
  return [`_x${runs[0]}`, ...steps].join(' ');
}

/** Returns a sample at the end of each run, and a NaN at the run that no longer finds the series. */
function written(runs: readonly number[], values: readonly Value[]): string {
  const steps = runs.map((minute, day) => {
    const minutes = (runs[day + 1] ?? DAY - 1) + DAY - minute;
    const sample = values[day] ?? (values[day - 1] === undefined ? '_' : 'NaN');
    return `${sample} _x${minutes - 1}`;
  });
  return [`_x${runs[0]}`, ...steps].join(' ');
}

async function promtool(tests: readonly object[]) {
  const { promtool: program } = await realPrograms('promtool');
  const folder = mkdtempSync(path.join(tmpdir(), 'tollgate-forms-'));
  try {
    const file = path.join(folder, 'test.yml');
    writeFileSync(file, JSON.stringify({ rule_files: [], evaluation_interval: '1m', tests }));
    return await run(program, ['test', 'rules', file]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
