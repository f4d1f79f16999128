import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { realPrograms } from './real-servers';

/** Values of consecutive days, such as `1 2 3`, by selector. */
export type DailySeries = Readonly<Record<string, string>>;

/** Evaluates the expression on a day, counted from 0, and compares the answer with one number or with none. */
export async function answers(
  expr: string,
  { series, day, expected }: { series: DailySeries; day: number; expected: number | undefined },
): Promise<string> {
  const exp_samples = expected === undefined ? [] : [{ labels: '{}', value: expected }];
  const test = {
    interval: '24h',
    input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
    promql_expr_test: [{ expr, eval_time: `${day * 24}h`, exp_samples }],
  };
  const folder = mkdtempSync(path.join(tmpdir(), 'tollgate-promql-'));
  try {
    const file = path.join(folder, 'test.yml');
    writeFileSync(file, JSON.stringify({ rule_files: [], tests: [test] }));
    const { promtool } = await realPrograms('promtool');
    return (await promisify(execFile)(promtool, ['test', 'rules', file])).stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
