/** The flags of the demo, as bin/demo-command.ts reads them. */
export interface DemoOptions {
  /** Ends after the rounds instead of staying up. */
  readonly once: boolean;
  readonly rounds: number;
  /** Past days that Prometheus has samples of from the start. @default 90 when it stays up, else 0 */
  readonly history?: number;
  /** Port of the page with the dashboards. @default PAGE_PORT, or a free one when that is taken */
  readonly port?: number;
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
  /** Full UTC days in the cost window. */
  readonly lookback?: number;
  /** Member accounts of the generated organization. */
  readonly members: number;
  /** `tollgate` or `xc3`. */
  readonly metricProfile?: string;
  readonly maxSeries?: number;
  readonly maxRequests?: number;
  /** Groups on a page of Cost Explorer. @default everything on one page */
  readonly pages?: number;
  /** IAM actions denied to every function. */
  readonly deny: readonly string[];
  /** False if the functions push to a closed port. */
  readonly gateway: boolean;
  /** A Pushgateway that already runs; no server is started. */
  readonly gatewayUrl?: string;
  /** False if resource-level data is switched off in the account. */
  readonly resourceData: boolean;
  /** The time at which the generated bill is read. @default the last UTC midnight, so that all rounds of a day agree */
  readonly at?: Date;
  /** A FOCUS 1.x CSV export that replaces the generated bill. */
  readonly focus?: string;
}

/** The page's port, unless another program has it. */
export const PAGE_PORT = 8780;
