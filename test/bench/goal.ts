/** One measurement with its goal. */
export interface Measured {
  readonly what: string;
  readonly value: number;
  readonly goal: number;
  readonly unit: 'kB' | 'x' | 'MB';
  /** Figures from which the value was computed. */
  readonly from?: string;
}

/** Returns rows for `terminalTable` and Markdown. */
export function goalTable(measured: readonly Measured[]): string[][] {
  const rows = [HEADER, ...measured.map(rowOf)];
  return measured.some(({ from }) => from) ? rows : rows.map((row) => row.slice(0, -1));
}

const HEADER = ['', 'measured', 'goal', 'reached', 'from'];

function rowOf({ what, value, goal, unit, from = '' }: Measured): string[] {
  return [what, shown(value, unit), `≤ ${goal} ${unit}`, value <= goal ? 'yes' : 'NO', from];
}

function shown(value: number, unit: Measured['unit']): string {
  return `${unit === 'MB' ? value.toFixed(0) : value.toFixed(unit === 'x' ? 2 : 1)} ${unit}`;
}
