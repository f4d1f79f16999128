import type { RequestMeter } from '../aws/request-meter';
import type { Findings } from '../collector';
import type { Failure } from '../failure';
import { type Group, type GroupName, group } from '../metrics/group';
import type { AnyGroup } from '../metrics/registered-group';
import { observed, type Sample, sample } from '../metrics/sample';
import type { Missed } from './missed-data';
import type { Published } from './publish';

interface Subject {
  readonly name: string;
  readonly accountId: string;
  readonly meter: RequestMeter;
  readonly now: () => Date;
}

/** A run after its last push. */
export interface Ended {
  readonly startedAt: Date;
  readonly found: Findings;
  readonly failures: readonly Failure[];
  /** Data that should be there and was not available. */
  readonly missed: readonly Missed[];
  /** Groups that were pushed, at the sink that accepted most. */
  readonly pushed: readonly AnyGroup[];
  /** The state of every sink. */
  readonly published: readonly Pick<Published, 'sink' | 'pushDurations' | 'groupsMissing'>[];
  /** The number of groups that the ledger has at each sink to which nothing is published any more. */
  readonly left: ReadonlyMap<string, number>;
}

/** Returns the group of the last run, complete or not: job `tollgate`. */
export function healthGroup(subject: Subject, ended: Ended): Group {
  const labels = { account_id: subject.accountId, collector: subject.name };
  return group('tollgate', labels, values(subject, ended), durations(subject, ended));
}

function values(
  { name, accountId, meter, now }: Subject,
  { startedAt, found, failures, pushed, published, missed, left }: Ended,
) {
  const labels = { account_id: accountId, collector: name };
  const { resourceDataAvailable, forecastAvailable } = found;
  return [
    sample('tollgate_run_start_timestamp_seconds', labels, seconds(startedAt)),
    sample('tollgate_run_duration_seconds', labels, seconds(now()) - seconds(startedAt)),
    sample('tollgate_run_incomplete', labels, failures.length > 0 ? 1 : 0),
    ...failureCounts(labels, failures),
    sample('tollgate_run_groups_pushed', labels, pushed.length),
    sample('tollgate_run_series_pushed', labels, seriesIn(pushed)),
    ...missed.map(({ part, region = '', since }) =>
      sample('tollgate_unavailable_since_timestamp_seconds', { ...labels, part, region }, seconds(since)),
    ),
    ...published.flatMap(({ sink, groupsMissing }) =>
      groupsMissing === undefined
        ? []
        : [sample('tollgate_groups_missing', { ...labels, sink }, groupsMissing)],
    ),
    ...[...left].map(([sink, groups]) => sample('tollgate_sink_groups_left', { ...labels, sink }, groups)),
    ...meter
      .counts()
      .map(({ requests, ...by }) => sample('tollgate_run_aws_requests', { ...labels, ...by }, requests)),
    sample('tollgate_run_cost_explorer_usd', labels, meter.costExplorerUsd()),
    ...availability('tollgate_resource_data_available', labels, resourceDataAvailable),
    ...availability('tollgate_forecast_available', labels, forecastAvailable),
  ];
}

function durations({ name, accountId, meter }: Subject, { published }: Ended) {
  const labels = { account_id: accountId, collector: name };
  return [
    ...meter
      .durations()
      .map(({ durations, ...kind }) =>
        observed('tollgate_run_aws_request_duration_seconds', { ...labels, ...kind }, durations),
      ),
    ...published
      .filter(({ pushDurations }) => pushDurations.length > 0)
      .map(({ sink, pushDurations }) =>
        observed('tollgate_run_push_duration_seconds', { ...labels, sink }, pushDurations),
      ),
  ];
}

/** Returns the group of the last complete run. It is a group of its own, so that an incomplete run keeps it. */
export function successGroup(
  { name, accountId, now }: Omit<Subject, 'meter'>,
  { periodEnd }: Findings,
): Group {
  const labels = { account_id: accountId, collector: name };
  return group('tollgate_success', labels, [
    sample('tollgate_success_timestamp_seconds', labels, seconds(now())),
    ...(periodEnd === undefined
      ? []
      : [sample('tollgate_success_period_end_timestamp_seconds', labels, periodEnd)]),
  ]);
}

/** Returns the names of both groups. */
export function healthGroups(collector: string, accountId: string): GroupName[] {
  const labels = { account_id: accountId, collector };
  return [group('tollgate', labels, []), group('tollgate_success', labels, [])];
}

/** Returns the number of series in groups. */
export function seriesIn(groups: readonly AnyGroup[]): number {
  return groups.reduce((sum, group) => sum + ('size' in group ? group.size : group.samples.length), 0);
}

/** Returns no sample for data that was not requested. */
function availability(
  metric: 'tollgate_resource_data_available' | 'tollgate_forecast_available',
  labels: Labels,
  available: boolean | undefined,
) {
  return available === undefined ? [] : [sample(metric, labels, available ? 1 : 0)];
}

type Labels = Readonly<{ account_id: string; collector: string }>;

function failureCounts(labels: Labels, failures: readonly Failure[]): Sample<'tollgate_run_failures'>[] {
  const counts = new Map<string, Sample<'tollgate_run_failures'>>();
  for (const { part, reason, sink = '' } of failures) {
    const id = `${part} ${reason} ${sink}`;
    counts.set(
      id,
      sample('tollgate_run_failures', { ...labels, part, reason, sink }, (counts.get(id)?.value ?? 0) + 1),
    );
  }
  return [...counts.values()];
}

function seconds(time: Date): number {
  return time.getTime() / 1000;
}
