import { demandAccepted, type Origin, type Receiver } from '../answers';
import type { HttpAnswer } from '../http-exchange';
import { PushError } from '../push-error';

/** A receiver of remote write. Prometheus answers 204, Amazon Managed Service for Prometheus and Mimir 200. */
export const REMOTE_WRITE: Receiver = { name: 'remote-write receiver', accepts: [200, 202, 204] };

interface WriteOrigin extends Origin {
  /** True if the request was signed with the function's credentials. */
  readonly isSigned: boolean;
}

/** Throws a PushError if the receiver has refused a request, with the cause if the answer shows it. */
export function demandWritten(answer: HttpAnswer, origin: WriteOrigin): void {
  try {
    demandAccepted(answer, origin);
  } catch (error) {
    const cause = causeOf(answer, origin);
    if (!(error instanceof PushError) || !cause) throw error;
    throw new PushError(origin.group, `${error.problem}; ${cause}`, error.status);
  }
}

function causeOf({ status, text }: HttpAnswer, { isSigned }: WriteOrigin): string | undefined {
  if (TIME_REFUSED.test(text)) return WRONG_TIME;
  return status === 403 && isSigned ? DENIED : undefined;
}

/** Matches the refusals of Prometheus, Cortex, Mimir and Amazon Managed Service for Prometheus. */
const TIME_REFUSED =
  /out[- ]of[- ](order|bounds)|duplicate sample|too (old|far)|(sample|timestamp)[- ](too|out)|older than/i;

const WRONG_TIME =
  'the receiver has a later sample of a series, or refuses the time of this one: expected one writer of these series, with a correct clock';

const DENIED = 'expected a role that allows aps:RemoteWrite on the workspace';
