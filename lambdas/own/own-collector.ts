import type { Registry } from 'prom-client';
import type { AwsAccess } from '../aws/access';
import type { LambdaHandler } from '../lambda-handler';
import type { PushHandler } from '../sinks/push-handler';

/** The definition of a collector that a user writes, in a repository of their own. */
export interface OwnCollectorDefinition {
  /**
   * Lower-case letters, digits and hyphens, such as `queue-depth`, and not the name of one of Tollgate's collectors. The label
   * `collector` of the health metrics has this value.
   */
  readonly name: string;
  /**
   * Returns every group that exists. A group that an earlier run returned is deleted when a complete run lacks it. When this
   * function throws, the run fails and every published group stays.
   */
  readonly collect: (run: OwnRun) => readonly OwnGroup[] | Promise<readonly OwnGroup[]>;
  /**
   * Hours of the day, 0 to 23, at which the exporter runs the collector, in the time zone of the setting `timeZone`. A function has
   * the hours of its `ScheduledCollector`. @default [6]
   */
  readonly hours?: readonly number[];
  /**
   * Makes the exporter collect on each scrape instead of at hours. A function needs a schedule, so it refuses to run such a collector
   * unless `hours` is also set. @default the exporter collects at hours
   */
  readonly collectAtScrape?: ScrapeLimit;
  /**
   * Handles every request to a sink: adds a token that it fetches, for example, or uses another transport. Errors then withhold the
   * sink's answers, which could echo a secret. @default requests are sent as they are
   */
  readonly push?: PushHandler;
}

/** The limit of a collection at scrape time. */
export interface ScrapeLimit {
  /** Seconds after which a scrape is answered without the collector's metrics, at most 60. Prometheus waits 10 s by default. */
  readonly timeoutSeconds: number;
}

/** A collector of a user: `ownCollector` returns it. */
export interface OwnCollector extends OwnCollectorDefinition {
  /** The Lambda function, which `ScheduledCollector` deploys. Its file exports it: `export const { handler } = queueDepth`. */
  readonly handler: LambdaHandler;
}

/** A group of metrics. Each run replaces it atomically. */
export interface OwnGroup {
  /** The label `job` of every series. @default the collector's name */
  readonly job?: string;
  /** Further labels of every series. They distinguish the groups of a job. Tollgate adds `account_id`. @default none */
  readonly groupingKey?: Readonly<Record<string, string>>;
  /**
   * Makes the group's metrics in its fresh registry: `new Gauge({ …, registers: [registry] })`. When this function throws, the
   * run fails, the published group stays, and the other groups are pushed.
   */
  readonly fill: (registry: Registry) => void | Promise<void>;
}

/** The run for which a collector collects. */
export interface OwnRun {
  /** The account in which the collector runs. */
  readonly accountId: string;
  /** The partition of the account: `aws`, `aws-cn`, `aws-us-gov`. */
  readonly partition: string;
  /** The time of the schedule. Derive periods from it and not from the clock, so that a late retry reads the same days. */
  readonly scheduledTime: Date;
  /** Aborts when the run has no time left to read. Pass it to every request. */
  readonly signal: AbortSignal;
  /**
   * Returns a new client of the AWS SDK, with time limits and retries. Its requests are counted and timed in the health metrics.
   * The Region is the function's by default.
   */
  readonly client: AwsAccess['client'];
}
