import type { Vector } from '../../lambdas/promql/vector';

/** An alert: its condition, its delay, and the messages that people receive. */
export interface AlertRule {
  /** The alert's name, which is also the heading of its section in docs/operations.md. */
  readonly alert: `Tollgate${string}`;
  /** The alert fires for each element of this vector. */
  readonly when: Vector;
  /** The time for which the condition must hold without a break. */
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

/** Returns the address of the alert's section. */
export function runbookUrl({ alert }: Pick<AlertRule, 'alert'>): string {
  return `${RUNBOOK}#${anchor(alert)}`;
}

/** Returns `tollgate-gateway-down` for `TollgateGatewayDown`. */
function anchor(alert: string): string {
  return alert.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();
}
