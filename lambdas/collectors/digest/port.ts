import type { Delivery } from '../../catalog/delivery';
import type { LabelName, Vector } from '../../promql/vector';

/** One series of an answer from Prometheus. */
export interface Series {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Access to Prometheus and to the channel. */
export interface DigestSource {
  /** Answers an instant query, as of a moment. */
  query(expression: string, at: Date): Promise<readonly Series[]>;
  /** Sends a message to the channel, as JSON. */
  post(message: object): Promise<void>;
}

/** One series of an answer, with exactly the labels that the query has. */
export interface Row<L extends string> {
  readonly labels: Readonly<Record<L, string>>;
  readonly value: number;
}

/** Sends a query and returns the rows of its answer. */
export type Ask = <L extends LabelName>(query: Vector<L>) => Promise<readonly Row<L>[]>;

/** Sends every query as of one moment, so that all numbers belong together, also in a retry. */
export function askAt(source: DigestSource, at: Date, delivery: Delivery): Ask {
  return async ({ expr, labels }) => {
    const series = await source.query(expr(delivery), at);
    return series.map((one) => ({ labels: labelled(labels, one.labels), value: one.value }));
  };
}

/** Adds the labels that Prometheus omits because their value is empty. */
function labelled<L extends string>(labels: readonly L[], found: Readonly<Record<string, string>>) {
  return Object.fromEntries(labels.map((label) => [label, found[label] ?? ''])) as Record<L, string>;
}
