import { before, is, series } from '../../lambdas/promql/selector';
import { aggregate, compared, type LabelName, minus, type Vector, where } from '../../lambdas/promql/vector';

/** Far enough back for the same weekday. */
export const WEEK = '7d';

/** A value that compares with a week ago: nothing unless its period has moved by exactly that, so weekdays are equal. */
export function overAWeek<L extends LabelName>(value: Vector<L>, breakdown: 'user' | 'service'): Vector<L> {
  const end = series('tollgate_breakdown_period_end_timestamp_seconds', { breakdown: is(breakdown) });
  const moved = minus(aggregate('max', end), aggregate('max', before(end, WEEK)));
  return where(value, [], compared(moved, '==', 604800));
}
