/** One line of the scorecard. */
export interface Row {
  /** What is tried: the name of the test, too. */
  readonly row: string;
  readonly injected: string;
  readonly expected: string;
  /** Mostly waits: it is started first, so that others use the time. */
  readonly waits?: boolean;
  /** Tries it and resolves with the outcome in a few words. Throws when that is not what is expected. */
  readonly run: () => Promise<string>;
}

export interface Scored extends Row {
  readonly seen: string;
  readonly pass: boolean;
}

/** A failed expectation as one line of the table. */
export function inOneLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: jest colours its messages
  const plain = text.replace(/\u001b\[\d+m/g, '').replace(/\s+/g, ' ');
  const problem = plain.replace(/^expect\(received\)\.[\w.]+\(\w*\)( \/\/ (deep |Object\.is )?\w+)? /, '');
  return problem.length > 110 ? `${problem.slice(0, 109)}…` : problem;
}
