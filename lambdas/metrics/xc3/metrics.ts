import { XC3_METRICS } from '../../catalog/xc3-metrics';
import { type ForeignSample, foreignSample } from '../sample';

type Xc3Metric = keyof typeof XC3_METRICS;
type Xc3Labels<N extends Xc3Metric> = Readonly<Record<(typeof XC3_METRICS)[N]['labels'][number], string>>;

/** Returns one value of an XC3 metric; `project` is the prefix of its name. */
export function row<N extends Xc3Metric>(
  metric: N,
  given: Xc3Labels<N>,
  value: number,
  project = '',
): ForeignSample {
  const { help, labels } = XC3_METRICS[metric];
  const values: Readonly<Record<string, string>> = given;
  const inOrder = Object.fromEntries(labels.map((label) => [label, values[label] ?? '']));
  return foreignSample({ metric: `${project}${metric}`, help, labels: inOrder, value });
}
