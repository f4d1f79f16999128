import { AwsFailure } from '../failure';
import type { WrittenSample, WrittenSeries } from './write-request';

/** Compressed bytes of a request (reported in open-telemetry/opentelemetry-collector-contrib#20289). */
export const REQUEST_BYTES = 1024 * 1024;

/** Labels of a series. AWS's page of quotas has also named 150. */
const LABELS = 70;

/** Bytes of a label: the defaults of Cortex, on which the service is built. */
const NAME_BYTES = 1024;
const VALUE_BYTES = 2048;

/** The age of a sample (AWS's page of quotas). */
const OLDEST_MS = 3_600_000;

/** The default window for samples that are older than the last of their series (AWS's page of workspace settings). */
const OUT_OF_ORDER_MS = 60_000;

/**
 * Throws an AwsFailure for a series that the service refuses.
 * @param stored The samples of the series so far, the last one at the end.
 */
export function checkSeries(series: WrittenSeries, stored: readonly WrittenSample[], now: Date): void {
  checkLabels(series);
  for (const sample of series.samples) {
    const refused = refusalOf(sample, stored, now);
    if (refused) throw refusal(`${refused}. timestamp=${sample.timestamp}`, series);
  }
}

function refusalOf({ value, timestamp }: WrittenSample, stored: readonly WrittenSample[], now: Date) {
  if (timestamp < now.getTime() - OLDEST_MS) return 'err: sample timestamp too old';
  const same = stored.find((sample) => sample.timestamp === timestamp);
  if (same && !Object.is(same.value, value)) return 'err: duplicate sample for timestamp';
  const last = stored.at(-1)?.timestamp ?? 0;
  return timestamp < last - OUT_OF_ORDER_MS ? 'err: out of order sample' : undefined;
}

function checkLabels(series: WrittenSeries): void {
  const { labels } = series;
  const names = labels.map(([name]) => name);
  if (!names.includes('__name__')) throw refusal('sample missing metric name', series);
  if (labels.length > LABELS) throw refusal(`series has too many labels (actual: ${labels.length})`, series);
  for (const [name, value] of labels) {
    if (!/^[a-zA-Z_]\w*$/.test(name)) throw refusal(`sample invalid label: '${name}'`, series);
    if (Buffer.byteLength(name) > NAME_BYTES) throw refusal('label name too long', series);
    if (Buffer.byteLength(value) > VALUE_BYTES) throw refusal(`label value too long for '${name}'`, series);
    if (value === '') throw refusal(`empty value of the label '${name}'`, series);
  }
  if (names.some((name, index) => index > 0 && name <= (names[index - 1] ?? '')))
    throw refusal('labels are not sorted, or a label is there twice', series);
}

function refusal(problem: string, { labels }: WrittenSeries): AwsFailure {
  return new AwsFailure(
    'BadRequest',
    `${problem}, series=${JSON.stringify(Object.fromEntries(labels))}`,
    400,
  );
}
