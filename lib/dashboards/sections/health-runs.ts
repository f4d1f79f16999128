import { ofEachInstallation, series } from '../../../lambdas/promql/selector';
import { age, aggregate, date } from '../../../lambdas/promql/vector';
import { COUNT, DATE, SECONDS, type Section, USD } from '../panel';
import { ACCOUNT, RUN } from '../selection';
import { stat } from '../stat';
import { table } from '../table';
import { trend } from '../trend';
import { incomplete, largestGap, resourceData, sinceSuccess } from './freshness';
import { coloured, LATE, NEVER, ON_OFF, WHOLE_OR_NOT } from './states';

/** Whether the collectors ran, and whether their runs were whole. */
export function healthRunsSection(): Section {
  return {
    title: 'Runs',
    panels: [
      incomplete(RUN, 4),
      sinceSuccess(RUN, 4),
      largestGap(ACCOUNT, 4),
      price(),
      resourceData(RUN, 4),
      forecast(),
      lastRuns(),
      failures(),
      ages(),
    ],
  };
}

/** Of the title alone: the demand for rows in every panel makes an exception for it. */
export const FAILURES_TITLE = 'What the last runs left out';

function price() {
  return stat({
    title: 'Price of the last runs',
    description:
      'What Cost Explorer charges for the last run of every chosen collector, of each installation: $0.01 a page of an answer. Final.',
    width: 4,
    height: 4,
    value: aggregate('sum', ofRun('tollgate_run_cost_explorer_usd')),
    unit: USD,
  });
}

function forecast() {
  return stat({
    title: 'Forecast',
    description:
      'Off while Cost Explorer has too little history of an account to forecast its month: the forecast stays empty.',
    width: 4,
    height: 4,
    value: aggregate('min', ofEachInstallation(series('tollgate_forecast_available', RUN))),
    unit: COUNT,
    mappings: ON_OFF,
  });
}

function lastRuns() {
  return table({
    title: 'Last run of every collector',
    description:
      'A run that failed leaves the numbers of the last whole run in place: the first says when it was tried, the second how old the numbers are. Yellow after one missed daily run, red after two. “Covered until” is the end of the cost window (UTC, exclusive); collectors of no cost have none.',
    width: 24,
    height: 10,
    columns: [
      { title: 'Last run', unit: DATE, value: date(ofRun('tollgate_run_start_timestamp_seconds')) },
      {
        title: 'Since the last whole run',
        unit: SECONDS,
        value: age(ofRun('tollgate_success_timestamp_seconds')),
        options: coloured(LATE, NEVER),
      },
      {
        title: 'Covered until',
        unit: DATE,
        value: date(ofRun('tollgate_success_period_end_timestamp_seconds')),
      },
      { title: 'State', value: ofRun('tollgate_run_incomplete'), options: coloured([], WHOLE_OR_NOT) },
      { title: 'Duration', unit: SECONDS, value: ofRun('tollgate_run_duration_seconds') },
      { title: 'Price', unit: USD, value: ofRun('tollgate_run_cost_explorer_usd') },
    ],
    largestFirst: 'Since the last whole run',
  });
}

function failures() {
  return table({
    title: FAILURES_TITLE,
    description:
      'Failures of the last run by part and reason; the function’s log and its failed event have the messages. Empty when nothing failed.',
    width: 12,
    height: 9,
    columns: [{ title: 'Failures', value: ofEachInstallation(series('tollgate_run_failures', RUN)) }],
    largestFirst: 'Failures',
  });
}

function ages() {
  return trend({
    title: 'Age of the numbers over time',
    description:
      'Time since the last whole run of each collector; of several accounts and installations the oldest. A daily collector climbs to a day and falls: what climbs on has missed a run.',
    width: 12,
    height: 9,
    value: aggregate('max', age(ofRun('tollgate_success_timestamp_seconds')), ['collector']),
    by: 'collector',
    unit: SECONDS,
  });
}

type RunMetric =
  | 'tollgate_run_start_timestamp_seconds'
  | 'tollgate_success_timestamp_seconds'
  | 'tollgate_success_period_end_timestamp_seconds'
  | 'tollgate_run_incomplete'
  | 'tollgate_run_duration_seconds'
  | 'tollgate_run_cost_explorer_usd';

function ofRun(metric: RunMetric) {
  return ofEachInstallation(series(metric, RUN));
}
