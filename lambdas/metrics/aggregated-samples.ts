import type { List } from '../catalog/label-values';
import { type Cost, sumCosts } from '../domain/amounts';
import { type Sample, sample } from './sample';

/** The rows of a list that have no series of their own: they are only counted, or aggregated into `__other__`. */
interface Aggregated {
  /** The Region is empty for a list of a whole account. */
  readonly labels: { readonly account_id: string; readonly region: string };
  readonly list: List;
  readonly rest: readonly unknown[];
}

/** A metric about rows without a series of their own. */
export type AggregatedMetric = 'tollgate_aggregated_rows' | 'tollgate_aggregated_usd';

/** Series for each list of costs; reserve them in the limit of the group. */
export const SERIES_A_LIST = 2;

/** Returns the number of rows without a series of their own, which is 0 if all rows fit. */
export function aggregatedCount({ labels, list, rest }: Aggregated): Sample<'tollgate_aggregated_rows'> {
  return sample('tollgate_aggregated_rows', { ...labels, list }, rest.length);
}

/** Returns the number of rows without a series of their own, and their cost. Both are 0 if all rows fit. */
export function aggregatedCosts({
  rest,
  ...of
}: Aggregated & { readonly rest: readonly Cost[] }): Sample<AggregatedMetric>[] {
  const usd = sumCosts(rest).toNumber();
  return [
    aggregatedCount({ ...of, rest }),
    sample('tollgate_aggregated_usd', { ...of.labels, list: of.list }, usd),
  ];
}
