import { readArn } from '../../domain/arn';
import { regionName } from '../../domain/region-names';
import type { AnySample } from '../sample';
import { samplesOf, type Xc3Run } from './counterpart';

/** Returns a number in the format of Python's `str(float)`, which XC3 uses for amounts in labels. */
export function pythonFloat(value: number): string {
  const [digits = '', exponent = ''] = value.toExponential().split('e');
  const power = Number(exponent);
  if (power < -4 || power >= 16) return `${digits}e${power < 0 ? '-' : '+'}${twoDigits(Math.abs(power))}`;
  return Number.isInteger(value) ? `${value}.0` : `${value}`;
}

function twoDigits(power: number): string {
  return String(power).padStart(2, '0');
}

/** Returns a Region with its name: `eu-west-1 (Ireland)`. */
export function regionLabel(region: string, unknown = UNKNOWN_REGION): string {
  return `${region} (${regionName(region) ?? unknown})`;
}

/** Returns a Region with its name in XC3's other spelling: `eu-west-1-Ireland`. */
export function hyphenatedRegion(region: string): string {
  return `${region}-${regionName(region) ?? UNKNOWN_REGION}`;
}

const UNKNOWN_REGION = 'unknown region name';

/** Returns `service:type/id`, an ARN without partition, Region and account; `fields` limits the resource's colon-separated fields. */
export function shortArn(arn: string, { fields = Number.POSITIVE_INFINITY } = {}): string {
  const parts = readArn(arn);
  if (!parts) return arn;
  return [parts.service, ...parts.resource.split(':').slice(0, fields)].join(':');
}

/** Returns the exclusive end of the charge period; for samples without a period, the scheduled day. */
export function periodEnd(samples: readonly AnySample[], { scheduledTime }: Xc3Run): Date {
  const [end] = samplesOf('tollgate_breakdown_period_end_timestamp_seconds', samples);
  return end ? new Date(end.value * 1000) : new Date(dayOf(scheduledTime));
}

/** Returns the end of the charge period with XC3's fixed hour in place of midnight. */
export function periodEndText(samples: readonly AnySample[], run: Xc3Run): string {
  return `${dayOf(periodEnd(samples, run))} 12:02:02`;
}

/** Returns `YYYY-MM-DD HH:MM:SS` in UTC. */
export function clockText(time: Date): string {
  return time.toISOString().slice(0, 19).replace('T', ' ');
}

function dayOf(time: Date): string {
  return time.toISOString().slice(0, 10);
}
