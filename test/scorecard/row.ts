/** One line of the scorecard. */
export interface Row {
  /** The situation in a few words; also the name of the test. */
  readonly row: string;
  readonly injected: string;
  readonly expected: string;
  /** True for a row that mostly waits. It starts first, so that other rows use the time. */
  readonly waits?: boolean;
  /** Runs the situation and resolves with the outcome in a few words. Throws if the outcome is not the expected one. */
  readonly run: () => Promise<string>;
}

export interface Scored extends Row {
  readonly seen: string;
  readonly pass: boolean;
}

/** Returns a failed expectation as one line of the table. */
export function inOneLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: jest colours its messages
  const plain = text.replace(/\u001b\[\d+m/g, '').replace(/\s+/g, ' ');
  const problem = plain.replace(/^expect\(received\)\.[\w.]+\(\w*\)( \/\/ (deep |Object\.is )?\w+)? /, '');
  return problem.length > 110 ? `${problem.slice(0, 109)}…` : problem;
}
