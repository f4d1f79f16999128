import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { realPrograms } from '../support/real-servers';

const PAGE = readFileSync(path.join(__dirname, '..', '..', 'docs', 'restatements.md'), 'utf8');
const PLACE = 'account_id="111122223333", region="eu-west-1"';
const END = `tollgate_breakdown_period_end_timestamp_seconds{${PLACE}, breakdown="user"}`;
const day = (daysBefore: number) =>
  `aws_region_day_billed_cost_usd{${PLACE}, days_before_period_end="${daysBefore}"}`;

/** One sample per day, from the first day on. */
interface Case {
  readonly series: Readonly<Record<string, string>>;
  /** The value on the second day, or undefined if there is no answer. */
  readonly expected: number | undefined;
}

test.each<[string, Case]>([
  [
    'a day that grew is a restatement',
    { series: { [day(0)]: '10 7', [day(1)]: '5 12.5', [END]: '86400 172800' }, expected: 2.5 },
  ],
  [
    'a day that stayed is none',
    { series: { [day(0)]: '10 7', [day(1)]: '5 10', [END]: '86400 172800' }, expected: 0 },
  ],
  [
    'a run that did not move the period compares nothing',
    { series: { [day(0)]: '10 10', [day(1)]: '5 5', [END]: '86400 86400' }, expected: undefined },
  ],
  [
    'a run that moved it by two days compares nothing',
    { series: { [day(0)]: '10 10', [day(1)]: '5 5', [END]: '86400 259200' }, expected: undefined },
  ],
])('restated: %s', async (_, { series, expected }) => {
  expect(await promtool(series, expected)).toMatch(/SUCCESS/);
});

/** Evaluates the page's expression in promtool, on the second of two days. */
async function promtool(series: Case['series'], expected: number | undefined): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'tollgate-promql-'));
  const file = path.join(folder, 'test.yml');
  const samples = expected === undefined ? [] : [{ labels: `{${PLACE}}`, value: expected }];
  writeFileSync(
    file,
    JSON.stringify({ rule_files: [], tests: [unitTest(expressionOf('restated'), series, samples)] }),
  );
  try {
    const { promtool: program } = await realPrograms('promtool');
    return (await promisify(execFile)(program, ['test', 'rules', file])).stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function unitTest(expr: string, series: Case['series'], exp_samples: readonly object[]): object {
  return {
    interval: '24h',
    input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
    promql_expr_test: [{ expr, eval_time: '24h', exp_samples }],
  };
}

function expressionOf(name: string): string {
  const found = new RegExp(`<!-- promql: ${name} -->\n\`\`\`promql\n([^\`]+)\`\`\``).exec(PAGE)?.[1];
  if (!found) throw new Error(`docs/restatements.md: expected a block after <!-- promql: ${name} -->`);
  return found;
}
