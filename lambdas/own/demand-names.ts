import { COLLECTORS } from '../catalog/collectors';
import { JOBS, type JobName } from '../catalog/jobs';
import { METRICS } from '../catalog/metrics';

/**
 * Checks the name of a user's own collector. It becomes a part of keys in the ledger, which may contain no slash.
 * @throws Error for a name of another form, and for the name of a collector of the catalog.
 */
export function demandCollectorName(name: string): void {
  if (!COLLECTOR_NAME.test(name))
    throw new Error(
      `own collector: expected a name of at most 64 lower-case letters, digits and hyphens such as queue-depth, got ${JSON.stringify(name)}`,
    );
  if (Object.hasOwn(COLLECTORS, name) || RESERVED_NAMES.has(name))
    throw new Error(`own collector: expected a name that Tollgate does not use itself, got "${name}"`);
}

const COLLECTOR_NAME = /^[a-z][a-z0-9-]{0,63}$/;

/** The ledger's item of a closed account has this name. */
const RESERVED_NAMES: ReadonlySet<string> = new Set(['closed']);

/**
 * Checks the job of a user's own group.
 * @throws Error for an empty job, and for a job of the catalog, whose groups other collectors replace and delete.
 */
export function demandJob(job: string): void {
  if (job === '') throw new Error('job: expected a name such as queue_depth, got an empty string');
  const own = (Object.keys(JOBS) as JobName[]).find((name) => job === name || job.startsWith(`${name}_`));
  if (own !== undefined)
    throw new Error(
      `job: expected a name that none of Tollgate's jobs has, got "${job}": ${own} is a job of Tollgate`,
    );
}

/**
 * Checks the grouping key of a user's own group.
 * @throws Error for a label that Prometheus does not accept, and for a label that Tollgate sets itself.
 */
export function demandGroupingKey(groupingKey: Readonly<Record<string, unknown>>): void {
  for (const [label, value] of Object.entries(groupingKey)) {
    if (!LABEL.test(label))
      throw new Error(
        `groupingKey: expected labels of letters, digits and underscores such as queue, got ${JSON.stringify(label)}`,
      );
    if (SET_BY_TOLLGATE.has(label))
      throw new Error(`groupingKey: expected labels without ${label}, which Tollgate sets itself`);
    if (typeof value !== 'string')
      throw new Error(`groupingKey: ${label}: expected a string, got a value of type ${typeof value}`);
  }
}

/** Labels that begin with two underscores are reserved for Prometheus. */
const LABEL = /^(?!__)[a-zA-Z_][a-zA-Z0-9_]*$/;

const SET_BY_TOLLGATE: ReadonlySet<string> = new Set(['job', 'account_id', 'deployment']);

/** @throws Error for the name of a metric of the catalog, whose sums would contain the user's series. */
export function demandMetricName(name: string): void {
  if (Object.hasOwn(METRICS, name) || name.startsWith('tollgate_'))
    throw new Error(`expected a metric that Tollgate does not have itself, got ${name}`);
}
