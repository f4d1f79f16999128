import type { Vector } from '../../lambdas/promql/vector';

/** An alert: for which elements it fires, after how long, and what it tells whom. */
export interface AlertRule {
  /** Also the heading of its section in docs/operations.md. */
  readonly alert: `Tollgate${string}`;
  /** Fires for each element that this has. */
  readonly when: Vector;
  /** How long without a break. */
  readonly for: `${number}${'m' | 'h'}`;
  /** Critical: no numbers come. Warning: a part is missing, or a number wants a look. */
  readonly severity: 'critical' | 'warning';
  /** One line; Prometheus fills in `{{ $labels.… }}` and `{{ $value }}` here and in the description. */
  readonly summary: string;
  readonly description: string;
}

/** Rules that are read and evaluated together. */
export interface RuleGroup {
  /** Of its file in docs/alerts. */
  readonly name: string;
  /** @default the interval of the Prometheus */
  readonly interval?: string;
  readonly rules: readonly AlertRule[];
}

/** Where the sections on the alerts are; a team that serves the page elsewhere says so here. */
const RUNBOOK = 'docs/operations.md';

export function runbookUrl({ alert }: Pick<AlertRule, 'alert'>): string {
  return `${RUNBOOK}#${anchor(alert)}`;
}

/** `TollgateGatewayDown` is `tollgate-gateway-down`. */
function anchor(alert: string): string {
  return alert.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();
}
