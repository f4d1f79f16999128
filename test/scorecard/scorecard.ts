import { inOneLine, type Row, type Scored } from './row';
import { scorecardTable } from './table';

/** Defines one test for each row, and prints the table after the last. */
export function scorecard(rows: readonly Row[]): void {
  const scored = new Map<string, Scored>();
  afterAll(() => {
    const inOrder = rows.flatMap(({ row }) => scored.get(row) ?? []);
    process.stdout.write(`\n${scorecardTable(inOrder)}\n`);
  });
  test.concurrent.each([...rows].sort(byWaiting))('$row', async (row) => {
    try {
      scored.set(row.row, { ...row, seen: await row.run(), pass: true });
    } catch (error) {
      scored.set(row.row, { ...row, seen: inOneLine(error), pass: false });
      throw error;
    }
  });
}

function byWaiting(one: Row, other: Row): number {
  return Number(other.waits ?? false) - Number(one.waits ?? false);
}
