import type { Dashboard, Panel, RowPanel, VariableModel } from '@grafana/grafana-foundation-sdk/dashboard';

/** A query of a panel, ready to be sent to Prometheus. */
export interface Expression {
  /** The panel's title. */
  readonly title: string;
  readonly expr: string;
}

/** Returns every query of the dashboard, with All chosen for every variable. */
export function expressions({ panels = [], templating }: Dashboard): Expression[] {
  const variables = templating.list ?? [];
  return panels.flatMap((panel) =>
    queries(panel).map((expr) => ({ title: panel.title ?? '', expr: withAll(expr, variables) })),
  );
}

/** Returns the text with All chosen for every variable. */
export function withAll(text: string, variables: readonly VariableModel[]): string {
  return variables
    .filter(({ allValue }) => allValue !== undefined)
    .reduce((done, { name, allValue = '' }) => done.replace(reference(name), () => allValue), text);
}

function queries(panel: Panel | RowPanel): string[] {
  return 'targets' in panel ? (panel.targets ?? []).flatMap((target) => expressionOf(target)) : [];
}

function expressionOf(target: object): string[] {
  return 'expr' in target && typeof target.expr === 'string' ? [target.expr] : [];
}

/** Matches `$name`, `${name}` and `${name:format}`. */
function reference(name: string): RegExp {
  return new RegExp(`\\$(${name}\\b|\\{${name}(:[^}]*)?\\})`, 'g');
}
