import { BILL_ACCOUNT_ID } from '../../lib/local/bill/bill';
import { type SeriesLine, seriesIn } from '../support/exposition-lines';

/** Contents of a gateway. */
export interface Contents {
  /** Series that Tollgate pushed, without the gateway's own. */
  readonly series: readonly SeriesLine[];
  readonly groups: readonly string[];
  /** Jobs of groups that no push ever filled. */
  readonly ghosts: readonly string[];
}

export async function contentsOf({ url }: { readonly url: string }): Promise<Contents> {
  const all = seriesIn(await (await fetch(`${url}/metrics`)).text());
  const pushed = all.filter(({ name }) => name === 'push_time_seconds');
  return {
    series: all.filter(({ name }) => /^(aws|tollgate)_/.test(name)),
    groups: pushed.map(({ labels }) => labels.job ?? '').sort(),
    ghosts: pushed.filter(({ value }) => value === 0).map(({ labels }) => labels.job ?? ''),
  };
}

/** Returns one line for each series except the runs' health. A repeated run, or a run after a fault, must not change them. */
export function facts({ series }: Contents): string[] {
  return series
    .filter(({ labels }) => !/^tollgate/.test(labels.job ?? ''))
    .map(({ name, labels, value }) => `${name} ${JSON.stringify(Object.entries(labels).sort())} ${value}`)
    .sort();
}

export function named({ series }: Contents, name: string): readonly SeriesLine[] {
  return series.filter((line) => line.name === name);
}

/** Returns the sum of a metric over all Regions, or over one. */
export function sumOf(contents: Contents, name: string, { region }: { region?: string } = {}): number {
  return named(contents, name)
    .filter(({ labels }) => region === undefined || labels.region === region)
    .reduce((sum, { value }) => sum + value, 0);
}

/** Returns the contents with the series of one account only. */
export function ofAccount(contents: Contents, accountId: string): Contents {
  const series = contents.series.filter(({ labels }) => labels.account_id === accountId);
  return { ...contents, series };
}

/** Returns the health of a collector's last run in an account; `failures` are `part reason` of each missing part. */
export function healthOf(all: Contents, collector: string, accountId = BILL_ACCOUNT_ID) {
  const contents = ofAccount(all, accountId);
  const value = (name: string) =>
    named(contents, name).find(({ labels }) => labels.collector === collector)?.value;
  return {
    incomplete: value('tollgate_run_incomplete'),
    successAt: value('tollgate_success_timestamp_seconds'),
    failures: named(contents, 'tollgate_run_failures')
      .filter(({ labels }) => labels.collector === collector)
      .map(({ labels }) => `${labels.part} ${labels.reason}`)
      .sort(),
  };
}
