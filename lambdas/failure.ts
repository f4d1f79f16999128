import { type ErrorKind, errorKind } from './aws/error-kind';
import { PushError } from './sinks/push-error';

/** The parts a run consists of: what can fail on its own. */
export type Part = 'collect' | 'users' | 'user_costs' | 'resource_costs' | 'push' | 'delete' | 'health';

/** Something a run left out, and why. */
export interface Failure {
  readonly part: Part;
  /** The Region or the job, where only one of several failed. */
  readonly subject?: string;
  readonly reason: ErrorKind;
  readonly message: string;
}

export function failure(part: Part, error: unknown, subject?: string): Failure {
  const message = problemOf(error).replace(/\s+/g, ' ');
  return { part, reason: errorKind(error), message, ...(subject && { subject }) };
}

/** One line for a person: each cause once, with the Regions or jobs that it struck. */
export function describeFailures(failures: readonly Failure[]): string {
  const struck = new Map<string, string[]>();
  for (const { part, reason, message, subject } of failures) {
    const cause = `${part} (${reason}): ${message}`;
    struck.set(cause, [...(struck.get(cause) ?? []), ...(subject ? [subject] : [])]);
  }
  return [...struck].map(([cause, subjects]) => `${cause}${list(subjects)}`).join('; ');
}

/** A push names its job in its message; here the jobs are listed behind the one cause. */
function problemOf(error: unknown): string {
  if (error instanceof PushError) return error.problem;
  return error instanceof Error ? error.message : String(error);
}

function list(subjects: readonly string[]): string {
  return subjects.length === 0 ? '' : ` [${subjects.join(', ')}]`;
}
