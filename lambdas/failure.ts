import { errorKind } from './aws/error-kind';
import type { Part, Reason } from './catalog/label-values';
import { PushError } from './sinks/push-error';

/** Something a run left out, and why. */
export interface Failure {
  readonly part: Part;
  /** The Region or the job, where only one of several failed. */
  readonly subject?: string;
  readonly reason: Reason;
  readonly message: string;
}

export function failure(part: Part, error: unknown, subject?: string): Failure {
  const message = problemOf(error).replace(/\s+/g, ' ');
  return { part, reason: errorKind(error), message, ...(subject && { subject }) };
}

/** What an act brought, or why it failed: a part that fails stops no other. */
export async function attempt<T>(
  part: Part,
  act: () => Promise<T>,
  subject?: string,
): Promise<{ readonly value?: T; readonly failures: readonly Failure[] }> {
  try {
    return { value: await act(), failures: [] };
  } catch (error) {
    return { failures: [failure(part, error, subject)] };
  }
}

/** One line for a person: each cause once, with the jobs, Regions and parts that it struck. */
export function describeFailures(failures: readonly Failure[]): string {
  const struck = new Map<string, string[]>();
  for (const { part, reason, message, subject } of failures) {
    const cause = `${message} (${reason})`;
    struck.set(cause, [...(struck.get(cause) ?? []), subject ? `${part} ${subject}` : part]);
  }
  return [...struck].map(([cause, subjects]) => `${listed(subjects)}: ${cause}`).join('; ');
}

/** Enough to see where; the log has the rest. */
function listed(subjects: readonly string[]): string {
  const shown = subjects.slice(0, 3).join(', ');
  return subjects.length > 3 ? `${shown} and ${subjects.length - 3} more` : shown;
}

/** A push names its job in its message; here the jobs are listed behind the one cause. */
function problemOf(error: unknown): string {
  if (error instanceof PushError) return error.problem;
  return error instanceof Error ? error.message : String(error);
}
