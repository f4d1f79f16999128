/** What `npm run demo -- --help` lists. */
export interface DemoOptions {
  /** End after the rounds instead of staying up. */
  readonly once: boolean;
  readonly rounds: number;
  /** Days of the past that Prometheus knows from the start. @default 90 where it stays up, else none */
  readonly history?: number;
  /** Folder for gateway.txt, summary.json and digest.json. */
  readonly out?: string;
  readonly seed: number;
  readonly users: number;
  readonly regions: number;
  /** Resources of each user. */
  readonly resources: number;
  readonly ownerTag?: string;
  /** Rules of attribution, in order. */
  readonly attribution?: readonly string[];
  /** Whole days of the cost window. */
  readonly lookback?: number;
  /** Member accounts of the generated organization. */
  readonly members: number;
  /** `tollgate` or `xc3`. */
  readonly metricProfile?: string;
  readonly maxSeries?: number;
  readonly maxRequests?: number;
  /** Groups a page of Cost Explorer. @default everything on one page */
  readonly pages?: number;
  /** IAM actions denied to every function. */
  readonly deny: readonly string[];
  /** False: nothing listens where the functions push. */
  readonly gateway: boolean;
  /** A Pushgateway that runs already: it is pushed to, and nothing is started. */
  readonly gatewayUrl?: string;
  /** False: resource-level data is switched off in the account. */
  readonly resourceData: boolean;
  /** The moment the generated bill is looked at. @default the last UTC midnight, so that a day's rounds agree */
  readonly at?: Date;
  /** A FOCUS 1.x CSV export to answer from, instead of a generated bill. */
  readonly focus?: string;
}
