import { atEnd, before, is, once, series } from '../../../lambdas/promql/selector';
import { aggregate, growth, topk, where } from '../../../lambdas/promql/vector';
import { type Section, SHARE, USD } from '../panel';
import { overAWeek, WEEK } from '../periods';
import { ACCOUNT, allRuns, type DashboardSettings } from '../selection';
import { stat } from '../stat';
import { trend } from '../trend';
import { sinceSuccess } from './freshness';
import { GROWTH } from './states';
import { LAST_DAY, WEEK_BEFORE } from './windows';

/** Returns the section with the cost of the last day, and its change. */
export function daysSection(settings: DashboardSettings): Section {
  return {
    title: 'Day by day',
    panels: [lastDay(), againstWeekBefore(), sinceSuccess(allRuns(settings, ACCOUNT), 8), overTime()],
  };
}

/** Exported so that the plan can list this panel as one that needs history. */
export const WEEK_TITLE = 'Last day against a week before';

const days = () => series('aws_region_day_billed_cost_usd', { ...ACCOUNT, days_before_period_end: is('0') });

function lastDay() {
  return stat({
    title: 'Last day',
    description: LAST_DAY,
    width: 8,
    height: 4,
    value: aggregate('sum', once(days())),
    unit: USD,
  });
}

function againstWeekBefore() {
  const now = aggregate('sum', once(days()));
  const then = aggregate('sum', once(before(days(), WEEK)));
  return stat({
    title: WEEK_TITLE,
    description: `Relative change from the same weekday a week before: yellow from 10 %, red from 25 %. ${WEEK_BEFORE}`,
    width: 8,
    height: 4,
    value: overAWeek(growth(now, then), 'user'),
    unit: SHARE,
    steps: GROWTH,
  });
}

function overTime() {
  const largest = topk(10, aggregate('sum', once(atEnd(days())), ['account_id']));
  return trend({
    title: 'Cost per day, by account',
    description: `The 10 accounts whose last day cost most. Each point is the last full UTC day that was known at 00:00 UTC. ${LAST_DAY}`,
    width: 24,
    height: 8,
    value: where(aggregate('sum', once(days()), ['account_id']), ['account_id'], largest),
    by: 'account_id',
    unit: USD,
  });
}
