import { atEnd, before, is, ofEachInstallation, once, series } from '../../../lambdas/promql/selector';
import { age, aggregate, growth, topk, where } from '../../../lambdas/promql/vector';
import { SECONDS, type Section, SHARE, USD } from '../panel';
import { overAWeek, WEEK } from '../periods';
import { ACCOUNT } from '../selection';
import { stat } from '../stat';
import { trend } from '../trend';
import { GROWTH, LATE } from './states';
import { LAST_DAY, WEEK_BEFORE } from './windows';

/** What a day costs, and whether that is news. */
export function daysSection(): Section {
  return { title: 'Day by day', panels: [lastDay(), againstWeekBefore(), sinceSuccess(), overTime()] };
}

/** Of the title alone: it is empty until there is a week of history. */
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
    description: `By how much the last day cost more than the same weekday a week before: yellow from a tenth, red from a quarter. ${WEEK_BEFORE}`,
    width: 8,
    height: 4,
    value: overAWeek(growth(now, then), 'user'),
    unit: SHARE,
    steps: GROWTH,
  });
}

function sinceSuccess() {
  const success = ofEachInstallation(series('tollgate_success_timestamp_seconds', ACCOUNT));
  return stat({
    title: 'Since the last whole run',
    description:
      'Of the collector that waits longest: every number here is as old as its last whole run. Collectors run once a day unless `hours` says otherwise: the colour changes after one missed run, and again after two.',
    width: 8,
    height: 4,
    value: aggregate('max', age(success)),
    unit: SECONDS,
    steps: LATE,
  });
}

function overTime() {
  const largest = topk(10, aggregate('sum', once(atEnd(days())), ['account_id']));
  return trend({
    title: 'Cost a day, by account',
    description: `The 10 accounts whose last day cost most. Each point is the last whole day as it was known then, so a day is drawn on the day after it. ${LAST_DAY}`,
    width: 24,
    height: 8,
    value: where(aggregate('sum', once(days()), ['account_id']), ['account_id'], largest),
    by: 'account_id',
    unit: USD,
  });
}
