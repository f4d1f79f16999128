import type { AnySample } from '../sample';
import { samplesOf, type Xc3Run } from './counterpart';

/** The exclusive end of the charge period; of samples without one, the schedule's day. */
export function periodEnd(samples: readonly AnySample[], { scheduledTime }: Xc3Run): Date {
  const [end] = samplesOf('tollgate_breakdown_period_end_timestamp_seconds', samples);
  return end ? new Date(end.value * 1000) : new Date(dayOf(scheduledTime));
}

/** XC3 shows this hour instead of midnight. */
export function periodEndText(samples: readonly AnySample[], run: Xc3Run): string {
  return `${dayOf(periodEnd(samples, run))} 12:02:02`;
}

/** `YYYY-MM-DD HH:MM:SS` in UTC. */
export function clockText(time: Date): string {
  return time.toISOString().slice(0, 19).replace('T', ' ');
}

function dayOf(time: Date): string {
  return time.toISOString().slice(0, 10);
}
