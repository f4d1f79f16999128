import { parser } from '@prometheus-io/lezer-promql';

/** A label in an expression, and a metric that must have it. */
export interface LabelUse {
  readonly metric: string;
  readonly label: string;
}

/** The metrics and labels of an expression, parsed with Prometheus’s own grammar. */
export interface Usage {
  /** Parts that are not PromQL. */
  readonly errors: readonly string[];
  readonly metrics: readonly string[];
  readonly labels: readonly LabelUse[];
}

export function usageOf(expr: string): Usage {
  const root = parser.parse(expr).topNode;
  const text = (node: SyntaxNode) => expr.slice(node.from, node.to);
  const metricsOf = (nodes: readonly SyntaxNode[]) =>
    nodes.filter(({ name, parent }) => name === 'Identifier' && parent?.name === 'VectorSelector').map(text);
  return {
    errors: descendants(root)
      .filter(({ type }) => type.isError)
      .map(({ from, to }) => expr.slice(Math.max(0, from - 20), to + 20)),
    metrics: metricsOf(descendants(root)),
    labels: descendants(root)
      .filter(({ name }) => name === 'LabelName')
      .flatMap((node) => metricsOf(operands(scopeOf(node))).map((metric) => ({ metric, label: text(node) }))),
  };
}

/** Returns the selector, the aggregation or the operation whose metrics must have the label. */
function scopeOf(node: SyntaxNode): SyntaxNode {
  let scope = node;
  while (scope.parent && !SCOPES.has(scope.name)) scope = scope.parent;
  return scope;
}

const SCOPES: ReadonlySet<string> = new Set(['VectorSelector', 'AggregateExpr', 'BinaryExpr']);

/** Returns the nodes whose metrics provide the labels; in a join, only those of the many side. */
function operands(scope: SyntaxNode): SyntaxNode[] {
  const within = (node: SyntaxNode): SyntaxNode[] => [node, ...manySide(node).flatMap(within)];
  return childrenOf(scope).flatMap(within);
}

function manySide(node: SyntaxNode): SyntaxNode[] {
  if (makesLabels(node)) return [];
  const children = childrenOf(node);
  const modifier = children.find(({ name }) => name === 'MatchingModifierClause');
  if (modifier?.getChild('GroupLeft')) return children.slice(0, -1);
  return modifier?.getChild('GroupRight') ? children.slice(1) : children;
}

/** Reports whether the labels of the node's result are not those of the metrics within. */
function makesLabels(node: SyntaxNode): boolean {
  const made =
    node.getChild('FunctionIdentifier')?.getChild('LabelReplace') ??
    node.getChild('AggregateOp')?.getChild('CountValues');
  return Boolean(made);
}

function descendants(node: SyntaxNode): SyntaxNode[] {
  return [node, ...childrenOf(node).flatMap(descendants)];
}

function childrenOf({ firstChild }: SyntaxNode): SyntaxNode[] {
  const children = [];
  for (let child = firstChild; child; child = child.nextSibling) children.push(child);
  return children;
}

type SyntaxNode = ReturnType<typeof parser.parse>['topNode'];
