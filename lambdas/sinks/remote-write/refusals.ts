import { demandAccepted, type Origin, type Receiver } from '../answers';
import type { HttpAnswer } from '../http-exchange';
import { PushError } from '../push-error';

/** A receiver of remote write. Prometheus answers 204, Amazon Managed Service for Prometheus and Mimir 200. */
export const REMOTE_WRITE: Receiver = { name: 'remote-write receiver', accepts: [200, 202, 204] };

/** Throws a PushError if the receiver has refused a request, with the cause if the time of its samples is the cause. */
export function demandWritten(answer: HttpAnswer, origin: Origin): void {
  try {
    demandAccepted(answer, origin);
  } catch (error) {
    if (!(error instanceof PushError) || !TIME_REFUSED.test(answer.text)) throw error;
    throw new PushError(origin.group, `${error.problem}; ${WRONG_TIME}`, error.status);
  }
}

/** Matches the refusals of Prometheus, Cortex, Mimir and Amazon Managed Service for Prometheus. */
const TIME_REFUSED =
  /out[- ]of[- ](order|bounds)|duplicate sample|too (old|far)|(sample|timestamp)[- ](too|out)|older than/i;

const WRONG_TIME =
  'the receiver has a later sample of a series, or refuses the time of this one: expected one writer of these series, with a correct clock';
