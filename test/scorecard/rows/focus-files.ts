import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import type { Bill } from '../../../lib/local/bill/bill';
import { readFocusBill } from '../../../lib/local/bill/focus';
import { sumOf } from '../contents';
import type { Row } from '../row';
import { inScene } from '../scene';
import { runComplete } from '../suite';

const CELLS = {
  BilledCost: '3',
  BillingCurrency: 'USD',
  ChargeCategory: 'Usage',
  ChargePeriodStart: '2026-03-14',
  ProviderName: 'AWS',
  RegionId: 'eu-west-1',
  ResourceId: 'i-0a1b',
  ServiceName: 'Amazon Simple Queue Service',
  Tags: 'NULL',
};

export const FOCUS_FILE_ROWS: readonly Row[] = [
  {
    row: 'FOCUS file: a column twice',
    injected: 'BilledCost is there twice, with 3 and 18 USD',
    expected: 'refused, names file, line and column',
    run: () =>
      refused(
        `${Object.keys(CELLS)},BilledCost\n${Object.values(CELLS)},18`,
        '1: expected each column once, got BilledCost more than once',
      ),
  },
  {
    row: 'FOCUS file: semicolons between the fields',
    injected: 'each field in quotes, ; between them',
    expected: 'refused, names file, line, field and what to do',
    run: () =>
      refused(
        Object.keys(CELLS)
          .map((column) => `"${column}"`)
          .join(';'),
        '1: field 1: expected a comma or a line end after the closing quote, got ";": export the file with commas between the fields',
      ),
  },
  {
    row: 'FOCUS file: a service called constructor',
    injected: 'the name of a property that every object has',
    expected: 'published under its name, gap 0',
    run: () =>
      inScene(async (scene) => {
        const cells = Object.values({ ...CELLS, ServiceName: 'constructor' });
        const bill = await read(`${Object.keys(CELLS)}\n${cells}`);
        const contents = await runComplete(scene, ['services'], { bill });
        const published = contents.series.filter(({ labels }) => labels.service === 'constructor');
        expect(published.map(({ name }) => name)).toContain('aws_service_billed_cost_usd');
        expect(sumOf(contents, 'aws_service_billed_cost_usd')).toBe(3);
        expect(sumOf(contents, 'tollgate_breakdown_gap_usd')).toBe(0);
        return 'constructor 3 USD; gap 0';
      }),
  },
];

async function refused(text: string, problem: string): Promise<string> {
  const message = await read(text).then(
    () => 'read without an error',
    (error: Error) => error.message,
  );
  expect(message.replace(/^.*bill\.csv:/, '')).toBe(problem);
  return problem;
}

async function read(text: string): Promise<Bill> {
  const folder = await mkdtemp(path.join(tmpdir(), 'tollgate-focus-row-'));
  const file = path.join(folder, 'bill.csv');
  try {
    await writeFile(file, text);
    return await readFocusBill(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
