import type { JobName } from '../../catalog/jobs';
import type { ValueMetric } from '../../catalog/metrics';
import { parseUsd, type Usd } from '../../domain/amounts';
import { type Group, type GroupName, possibleJobs } from '../group';
import type { ProfileAccount, ProfileRun } from '../profile';
import type { AnySample, ForeignSample, Sample } from '../sample';

/** The XC3 groups that take the place of the groups of one catalog job. */
export interface Counterpart {
  readonly job: JobName;
  /** Returns the groups for everything that one collector found for the account. */
  groups(found: readonly Group[], run: Xc3Run): readonly Group[];
  /** Returns every name that these groups may have. */
  names(account: Xc3Account): readonly GroupName[];
}

interface Naming {
  /** Returns `id-name`, or the bare id of an account without a known name. */
  readonly detailOf: (accountId: string) => string;
}
/** An account and the format of its name in XC3. */
export type Xc3Account = ProfileAccount & Naming;
/** A run and the format of account names in XC3. */
export type Xc3Run = ProfileRun & Naming;

/** Converts samples of the catalog to samples of an XC3 metric. */
export type Rows = (samples: readonly AnySample[], run: Xc3Run) => readonly ForeignSample[];

/** Makes one XC3 group for each group, under the same job. */
export function each(job: JobName, rows: Rows): Counterpart {
  return {
    job,
    groups: (found, run) =>
      found.map((group) => ({ ...nameIn(group.job, run), samples: rows(group.samples, run) })),
    names: (account) => possibleJobs(job).map((name) => nameIn(name, account)),
  };
}

/** Makes one XC3 group of all groups, unless a Region is missing: its PUT would delete the Regions that could not be read. */
export function merged(
  job: JobName,
  rows: Rows,
  name: (account: Xc3Account) => GroupName = (account) => nameIn(job, account),
): Counterpart {
  return {
    job,
    groups: (found, run) =>
      run.complete && !run.unavailable?.includes(job)
        ? [{ ...name(run), samples: rows(found.flatMap(samplesIn), run) }]
        : [],
    names: (account) => [name(account)],
  };
}

/**
 * Returns the name of a group. It has no key, as in XC3, so that XC3's own groups are replaced. Groups of a member account have
 * its id as their key, because they would otherwise replace those of the function's own account.
 */
export function nameIn(job: string, { accountId, isMember }: ProfileAccount): GroupName {
  return { job, groupingKey: isMember ? { account_id: accountId } : {} };
}

/** Returns the samples of a group. */
export function samplesIn({ samples }: Group): readonly AnySample[] {
  return samples;
}

/** Returns the samples of one metric. */
export function samplesOf<N extends ValueMetric>(metric: N, samples: readonly AnySample[]): Sample<N>[] {
  return samples.filter((sample): sample is AnySample & Sample<N> => sample.metric === metric);
}

/** Returns the exact amount of a sample's value, so that rows which share labels add up exactly. */
export function publishedUsd(value: number): Usd {
  return parseUsd({ Amount: String(value), Unit: 'USD' }, 'published amount');
}
