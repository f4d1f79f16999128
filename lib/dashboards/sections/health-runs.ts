import { ofEachInstallation, series } from '../../../lambdas/promql/selector';
import { staleRuns } from '../../../lambdas/promql/stale';
import { age, aggregate, date, either, plus, times } from '../../../lambdas/promql/vector';
import { COUNT, DATE, SECONDS, type Section, USD } from '../panel';
import { ACCOUNT, allRuns, type DashboardSettings, RUN, type Runs } from '../selection';
import { stat } from '../stat';
import { table } from '../table';
import { trend } from '../trend';
import { incomplete, largestGap, resourceData, sinceSuccess } from './freshness';
import { AVAILABILITY, coloured, lateness, NONE_KNOWN, RUN_STATES } from './states';

/** Returns the section with the last runs of the collectors, and whether they were complete. */
export function healthRunsSection(settings: DashboardSettings): Section {
  const runs = allRuns(settings, RUN);
  return {
    title: 'Runs',
    panels: [
      incomplete(runs, 4),
      sinceSuccess(runs, 4),
      largestGap(settings, ACCOUNT, 4),
      price(),
      resourceData(runs, 4),
      forecast(),
      lastRuns(runs),
      failures(),
      ages(),
    ],
  };
}

/** Exported so that the plan can exempt this panel from having rows. */
export const FAILURES_TITLE = 'Failures of the last runs';

function price() {
  return stat({
    title: 'Price of the last runs',
    description:
      'Cost Explorer’s charge for the last run of every chosen collector and installation: $0.01 per page of an answer. Final.',
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
      'Not available if Cost Explorer has no forecast of an account: it has too little history, or the forecast is not ready today. The answer means both. An earlier forecast stays.',
    width: 4,
    height: 4,
    value: aggregate('min', ofEachInstallation(series('tollgate_forecast_available', RUN))),
    unit: COUNT,
    mappings: AVAILABILITY,
  });
}

function lastRuns(runs: Runs) {
  return table({
    title: 'Last run of every collector',
    description:
      'A failed run leaves the numbers of the last complete run in place, so their age is the time since that run. State: incomplete if the last run was, stale after two missed runs by the collector’s own schedule, as in the alert TollgateStale. “Covered until” is the end of the cost window (UTC, exclusive); collectors without costs have none. Groups and series are those that the run pushed to the Pushgateway.',
    width: 24,
    height: 10,
    columns: [
      { title: 'Last run', unit: DATE, value: date(ofRun('tollgate_run_start_timestamp_seconds')) },
      {
        title: 'Since the last complete run',
        unit: SECONDS,
        value: age(ofRun('tollgate_success_timestamp_seconds')),
        options: coloured(lateness(runs), NONE_KNOWN),
      },
      {
        title: 'Covered until',
        unit: DATE,
        value: date(ofRun('tollgate_success_period_end_timestamp_seconds')),
      },
      { title: 'State', value: stateOf(runs), options: coloured([], RUN_STATES) },
      { title: 'Duration', unit: SECONDS, value: ofRun('tollgate_run_duration_seconds') },
      { title: 'Price', unit: USD, value: ofRun('tollgate_run_cost_explorer_usd') },
      { title: 'Groups', unit: COUNT, value: ofRun('tollgate_run_groups_pushed') },
      { title: 'Series', unit: COUNT, value: ofRun('tollgate_run_series_pushed') },
    ],
    largestFirst: 'Since the last complete run',
  });
}

/** Returns 0 if the last run was complete, 1 if it was incomplete, 2 if the collector's numbers are stale. */
function stateOf({ collectors, hours, matchers }: Runs) {
  const stale = staleRuns({ collectors, hours, runs: matchers });
  return either([plus(times(0, stale), 2), ofRun('tollgate_run_incomplete')]);
}

function failures() {
  return table({
    title: FAILURES_TITLE,
    description:
      'Failures of the last run by part and reason. The function’s log and its failed event have the messages. Empty also when nothing failed; “Incomplete runs” shows 0 then.',
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
      'The longest time at 00:00 UTC since the last complete run of each collector, over accounts and installations. The line of a daily collector is level. A line that climbs by a day has missed a run.',
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
  | 'tollgate_run_cost_explorer_usd'
  | 'tollgate_run_groups_pushed'
  | 'tollgate_run_series_pushed';

function ofRun(metric: RunMetric) {
  return ofEachInstallation(series(metric, RUN));
}
