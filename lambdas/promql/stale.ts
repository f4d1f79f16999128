import type { CollectorName } from '../catalog/collectors';
import { type Hours, staleAfterHours } from '../catalog/trust';
import { type Matchers, ofEachInstallation, oneOf, series } from './selector';
import { age, compared, either, type Vector } from './vector';

interface StaleOptions {
  readonly collectors: readonly CollectorName[];
  readonly hours: Hours;
  /** @default the runs of every account */
  readonly runs?: Matchers<'account_id' | 'collector'>;
}

/** Returns the seconds since the last complete run of each stale collector, judged by its own schedule. */
export function staleRuns({
  collectors,
  hours,
  runs = {},
}: StaleOptions): Vector<'account_id' | 'collector' | 'deployment'> {
  const limits = new Set(collectors.map((collector) => staleAfterHours(hours[collector])));
  return either(
    [...limits].map((limit) => {
      const same = collectors.filter((collector) => staleAfterHours(hours[collector]) === limit);
      const collector = [runs.collector ?? [], oneOf(same)].flat();
      const success = series('tollgate_success_timestamp_seconds', { ...runs, collector });
      return compared(age(ofEachInstallation(success)), '>', limit * 3600);
    }),
  );
}
