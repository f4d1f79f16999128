import type { Section } from '../panel';
import { absolute, age, aggregate, date, ofEachInstallation, series } from '../promql';
import { ACCOUNT, PLACE } from '../selection';
import { stat } from '../stat';
import { table } from '../table';
import { COUNT, DATE, SECONDS, USD } from '../units';
import { coloured, GAP, LATE, NEVER, ON_OFF, WHOLE_OR_NOT } from './states';

/** Whether the numbers can be trusted, and what they cost to get. */
export function freshnessSection(): Section {
  return {
    title: 'How fresh',
    panels: [incomplete(), largestGap(), charges(), resourceData(), lastRuns(), failures(), breakdowns()],
  };
}

/** Of the title alone: the demand for rows in every panel makes an exception for it. */
export const FAILURES_TITLE = 'What the last runs left out';

function incomplete() {
  return stat({
    title: 'Incomplete runs',
    description:
      'Collectors whose last run left something out. What a part could not read keeps its old numbers: see what failed below.',
    width: 6,
    height: 4,
    value: aggregate('sum', ofEachInstallation(series('tollgate_run_incomplete', ACCOUNT))),
    unit: COUNT,
    steps: [
      { value: null, color: 'green' },
      { value: 1, color: 'red' },
    ],
    noValue: 'no run yet',
  });
}

function largestGap() {
  return stat({
    title: 'Largest gap',
    description:
      'Between a total that was asked for separately and the sum of its breakdown, over accounts and Regions: half a cent or more says that a number is missing or counted twice.',
    width: 6,
    height: 4,
    value: aggregate('max', absolute(gaps())),
    unit: USD,
    steps: GAP,
    noValue: 'no run has succeeded yet',
  });
}

function charges() {
  return stat({
    title: 'Price of the last runs',
    description: 'What Cost Explorer charges for the last run of every collector: $0.01 a page of an answer.',
    width: 6,
    height: 4,
    value: aggregate('sum', ofEachInstallation(series('tollgate_run_cost_explorer_usd', ACCOUNT))),
    unit: USD,
    noValue: 'no run yet',
  });
}

function resourceData() {
  return stat({
    title: 'Resource-level data',
    description:
      'Off while an account has not switched on resource-level data in the Cost Explorer preferences: its resource tables stay empty.',
    width: 6,
    height: 4,
    value: aggregate('min', ofEachInstallation(series('tollgate_resource_data_available', ACCOUNT))),
    unit: COUNT,
    mappings: ON_OFF,
    noValue: 'not asked for yet',
  });
}

function lastRuns() {
  return table({
    title: 'Last run of every collector',
    description:
      'A run that failed leaves the numbers of the last whole run in place: the first says when it was tried, the second how old the numbers are. Yellow after one missed daily run, red after two. “Covered until” is the end of the cost window (UTC, exclusive); collectors of no cost have none.',
    width: 24,
    height: 8,
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

type RunMetric =
  | 'tollgate_run_start_timestamp_seconds'
  | 'tollgate_success_timestamp_seconds'
  | 'tollgate_success_period_end_timestamp_seconds'
  | 'tollgate_run_incomplete'
  | 'tollgate_run_duration_seconds'
  | 'tollgate_run_cost_explorer_usd';

function ofRun(metric: RunMetric) {
  return ofEachInstallation(series(metric, ACCOUNT));
}

function failures() {
  return table({
    title: FAILURES_TITLE,
    description:
      'Failures of the last run by part and reason; the function’s log and its failed event have the messages. Empty when nothing failed.',
    width: 12,
    height: 8,
    columns: [{ title: 'Failures', value: ofEachInstallation(series('tollgate_run_failures', ACCOUNT)) }],
    largestFirst: 'Failures',
    noValue: 'nothing failed',
  });
}

function gaps() {
  return ofEachInstallation(series('tollgate_breakdown_gap_usd', PLACE));
}

function breakdowns() {
  const ends = ofEachInstallation(series('tollgate_breakdown_period_end_timestamp_seconds', PLACE));
  return table({
    title: 'Breakdowns by Region',
    description:
      'End of the window (UTC, exclusive) that each breakdown covers: one that lags behind the others could not be read. Gap: separately asked total minus the sum of the parts. The resource breakdown has none, because its remainder is what the total leaves.',
    width: 12,
    height: 8,
    columns: [
      { title: 'Covered until', unit: DATE, value: date(ends) },
      { title: 'Gap', unit: USD, value: gaps(), options: coloured(GAP) },
    ],
    largestFirst: 'Gap',
  });
}
