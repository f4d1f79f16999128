import { BILL_ACCOUNT_ID } from '../../lib/local/bill/bill';
import { type SeriesLine, seriesIn } from '../support/exposition-lines';

/** What a gateway holds. */
export interface Contents {
  /** Ours, without the gateway's own. */
  readonly series: readonly SeriesLine[];
  readonly groups: readonly string[];
  /** Groups that no push ever filled. */
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

/** Everything but the runs' own health, a line each: what a run twice, or after a fault, must leave the same. */
export function facts({ series }: Contents): string[] {
  return series
    .filter(({ labels }) => !/^tollgate/.test(labels.job ?? ''))
    .map(({ name, labels, value }) => `${name} ${JSON.stringify(Object.entries(labels).sort())} ${value}`)
    .sort();
}

export function named({ series }: Contents, name: string): readonly SeriesLine[] {
  return series.filter((line) => line.name === name);
}

/** Of all Regions, or of one. */
export function sumOf(contents: Contents, name: string, { region }: { region?: string } = {}): number {
  return named(contents, name)
    .filter(({ labels }) => region === undefined || labels.region === region)
    .reduce((sum, { value }) => sum + value, 0);
}

/** The series of one account alone. */
export function ofAccount(contents: Contents, accountId: string): Contents {
  const series = contents.series.filter(({ labels }) => labels.account_id === accountId);
  return { ...contents, series };
}

/** The health of a collector's last run in an account: `part reason` of what it left out, and whether it said so. */
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
