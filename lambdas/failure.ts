import { errorKind } from './aws/error-kind';
import type { Part, Reason } from './catalog/label-values';
import { PushError } from './sinks/push-error';

/** A part of a run that failed, and the reason. */
export interface Failure {
  readonly part: Part;
  /** The Region or the job; absent if the whole part failed. */
  readonly subject?: string;
  /** The id of the sink; absent if the failure is of no single sink. */
  readonly sink?: string;
  readonly reason: Reason;
  readonly message: string;
}

/** Returns a failure whose reason follows from the error. */
export function failure(part: Part, error: unknown, subject?: string): Failure {
  const message = problemOf(error).replace(/\s+/g, ' ');
  return { part, reason: errorKind(error), message, ...(subject && { subject }) };
}

/** Reports whether there are failures and a retry can fix none of them. */
export function isPermanent(failures: readonly Failure[]): boolean {
  return failures.length > 0 && failures.every(({ reason }) => PERMANENT.has(reason));
}

const PERMANENT: ReadonlySet<Reason> = new Set(['bad_amount', 'denied', 'not_enabled', 'request_cap']);

/** Returns the operation's result or its failure, so that one failing part does not stop the others. */
export async function attempt<T>(
  part: Part,
  operation: () => Promise<T>,
  subject?: string,
): Promise<{ readonly value?: T; readonly failures: readonly Failure[] }> {
  try {
    return { value: await operation(), failures: [] };
  } catch (error) {
    return { failures: [failure(part, error, subject)] };
  }
}

/** Returns the failures as those of a sink. */
export function atSink(sink: string, failures: readonly Failure[]): Failure[] {
  return failures.map((one) => ({ ...one, sink }));
}

/** Returns one line to read: each cause once, after the parts, jobs and Regions that it affected, and with its sink. */
export function describeFailures(failures: readonly Failure[]): string {
  const affected = new Map<string, string[]>();
  for (const { part, reason, message, subject, sink = '' } of failures) {
    const place = message.includes(sink) ? '' : `at ${sink}: `;
    const cause = `${place}${message} (${reason})`;
    affected.set(cause, [...(affected.get(cause) ?? []), subject ? `${part} ${subject}` : part]);
  }
  return [...affected].map(([cause, subjects]) => `${listed(subjects)}: ${cause}`).join('; ');
}

/** Returns the first three subjects and the number of the others. The log has all of them. */
function listed(subjects: readonly string[]): string {
  const shown = subjects.slice(0, 3).join(', ');
  return subjects.length > 3 ? `${shown} and ${subjects.length - 3} more` : shown;
}

/** Returns the message of an error. The message of a PushError names its job, which is already the subject. */
function problemOf(error: unknown): string {
  if (error instanceof PushError) return error.problem;
  return error instanceof Error ? error.message : String(error);
}
