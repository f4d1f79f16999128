import type { Vector } from '../../lambdas/promql/vector';

/** An alert: the elements it fires for, after how long, and its texts. */
export interface AlertRule {
  /** Also the heading of its section in docs/operations.md. */
  readonly alert: `Tollgate${string}`;
  /** It fires for each element of this vector. */
  readonly when: Vector;
  /** How long the condition must hold without a break. */
  readonly for: `${number}${'m' | 'h'}`;
  /** Critical: numbers no longer arrive. Warning: a part is missing, or a number needs attention. */
  readonly severity: 'critical' | 'warning';
  /** One line; Prometheus fills in `{{ $labels.… }}` and `{{ $value }}` here and in the description. */
  readonly summary: string;
  readonly description: string;
}

/** Rules that are read and evaluated together. */
export interface RuleGroup {
  /** The name of its file in docs/alerts. */
  readonly name: string;
  /** @default the interval of the Prometheus */
  readonly interval?: string;
  readonly rules: readonly AlertRule[];
}

/** The page with a section per alert; change it if your team serves the page elsewhere. */
const RUNBOOK = 'docs/operations.md';

export function runbookUrl({ alert }: Pick<AlertRule, 'alert'>): string {
  return `${RUNBOOK}#${anchor(alert)}`;
}

/** `TollgateGatewayDown` is `tollgate-gateway-down`. */
function anchor(alert: string): string {
  return alert.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();
}
