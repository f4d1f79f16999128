import { terminalTable } from '../../lib/terminal-table';
import type { Scored } from './row';

const HEADER = ['row', 'injected', 'expected', 'seen', 'result'];

/** Returns the scorecard as a table for a terminal. */
export function scorecardTable(rows: readonly Scored[]): string {
  const lines = rows.map(({ row, injected, expected, seen, pass }) => [
    row,
    injected,
    expected,
    seen,
    pass ? 'pass' : 'FAIL',
  ]);
  const failed = rows.filter(({ pass }) => !pass).length;
  return `${terminalTable([HEADER, ...lines])}\n\n${rows.length} rows, ${rows.length - failed} passing, ${failed} failing\n`;
}
