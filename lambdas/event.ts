import * as v from 'valibot';
import { checkInput } from './catalog/check-input';
import { accountId, expected, matching, objectOf } from './catalog/setting-types';

/** The event of EventBridge Scheduler, or of a user who invokes the function by hand. */
export interface ScheduledEvent {
  /** Every period follows from it, never from the clock, so a late retry asks for the same days. */
  readonly scheduledTime: Date;
  /** Runs in this account of the suite only. Without it, the function runs in every account. */
  readonly account?: string;
  /** Runs again, even if a run of this time was complete or a run of a later time has published. */
  readonly replace?: boolean;
}

/**
 * Reads the event of an invocation.
 * @throws Error that names every problem and contains an example.
 */
export function readEvent(input: unknown): ScheduledEvent {
  const { value, problems } = checkInput(EVENT, input);
  if (problems) throw new Error(`event: ${problems.join('; ')}`);
  return { ...value, scheduledTime: new Date(value.scheduledTime) };
}

const EXAMPLE = '2026-03-01T06:00:00Z';
const ISO_TIME = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/;

const EVENT = objectOf(
  {
    scheduledTime: v.pipe(
      matching(ISO_TIME, `an ISO 8601 time with its zone such as ${EXAMPLE}`),
      v.check(existsIfIso, expected(`a time that exists such as ${EXAMPLE}`)),
    ),
    account: v.optional(accountId),
    replace: v.optional(v.boolean(expected('true or false'))),
  },
  `{"scheduledTime":"${EXAMPLE}"}`,
);

/** Reports whether a time exists. A string of another form passes, because the check before this one reports it. */
function existsIfIso(time: string): boolean {
  return !ISO_TIME.test(time) || !Number.isNaN(Date.parse(time));
}
