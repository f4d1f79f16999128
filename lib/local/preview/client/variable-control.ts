import { element } from './element';
import { inExpression, type Scope } from './interpolate';
import type { Variable } from './model';
import { instantQuery, labelValues } from './prometheus';
import { ALL } from './selection';
import type { TimeRange } from './time-range';

/** A control that selects values of one variable. */
interface VariableControl {
  readonly node: HTMLElement;
  refresh(scope: Scope, range: TimeRange): Promise<void>;
}

/** Called with the variable's name and its selected values. */
type Choose = (name: string, values: readonly string[]) => void;

/** Values that the control lists; the search field finds the others. */
const MOST_OPTIONS = 200;

/** Creates the control of a variable, which calls `choose` after each change. */
export function variableControl(variable: Variable, choose: Choose): VariableControl {
  const { name, label = name } = variable;
  const chosenText = element('b', { className: 'variable-value' });
  const search = element('input', { type: 'search', placeholder: `Find ${label.toLowerCase()}` });
  const list = element('div', { className: 'options' });
  const node = element(
    'details',
    { className: 'variable', name: 'variable' },
    element('summary', {}, element('span', { className: 'variable-label' }, label), chosenText),
    element('div', { className: 'choices' }, search, list),
  );
  node.dataset.variable = name;
  let offered: readonly string[] = [];
  let chosen: readonly string[] = [];
  let latest = 0;
  const draw = () =>
    list.replaceChildren(...optionList(variable, { offered, chosen, search: search.value }, choose));
  search.oninput = draw;
  return {
    node,
    refresh: async (scope, range) => {
      chosen = scope.selection.values[name] ?? [];
      chosenText.textContent = summary(chosen);
      draw();
      latest += 1;
      const turn = latest;
      node.dataset.state = 'loading';
      const answer = await offer(variable, scope, range).catch((error: Error) => error);
      if (turn !== latest) return; // a later choice has been made
      node.dataset.state = answer instanceof Error ? 'error' : 'ready';
      if (answer instanceof Error) list.replaceChildren(element('p', { className: 'words' }, answer.message));
      else {
        offered = answer;
        draw();
      }
    },
  };
}

interface Choices {
  readonly offered: readonly string[];
  readonly chosen: readonly string[];
  readonly search: string;
}

function optionList(variable: Variable, { offered, chosen, search }: Choices, choose: Choose): HTMLElement[] {
  const { name, includeAll } = variable;
  const values = [...new Set([...chosen.filter((value) => value !== ALL), ...offered])]
    .filter((value) => value.toLowerCase().includes(search.toLowerCase()))
    .sort((a, b) => offered.indexOf(a) - offered.indexOf(b));
  const shown = [...(includeAll && !search ? [ALL] : []), ...values.slice(0, MOST_OPTIONS)];
  const options = shown.map((value) => {
    const box = element('input', {
      type: variable.multi ? 'checkbox' : 'radio',
      checked: chosen.includes(value),
    });
    box.onchange = () => choose(name, toggled(variable, chosen, value));
    return element('label', {}, box, element('span', {}, said(value)));
  });
  const more = values.length - MOST_OPTIONS;
  return more > 0 ? [...options, element('p', {}, `and ${more} more: type to find them`)] : options;
}

function toggled(
  { multi, includeAll }: Variable,
  chosen: readonly string[],
  value: string,
): readonly string[] {
  if (value === ALL || !multi) return [value];
  const others = chosen.filter((one) => one !== value && one !== ALL);
  const now = chosen.includes(value) ? others : [...others, value];
  return now.length === 0 && includeAll ? [ALL] : now;
}

function summary(chosen: readonly string[]): string {
  const [first = 'None', ...others] = chosen.map(said);
  return others.length > 0 ? `${first} + ${others.length}` : first;
}

function said(value: string): string {
  if (value === ALL) return 'All';
  return value === '' ? '(empty)' : value;
}

/** Runs the query of a variable with the selection of the variables before it. */
async function offer(variable: Variable, scope: Scope, range: TimeRange): Promise<readonly string[]> {
  const values = await valuesOf(variable, scope, range);
  return values.sort((a, b) => a.localeCompare(b, 'en', { sensitivity: 'base' }));
}

/** Runs `label_values(selector, label)` over the shown time, or `query_result(expression)` at its end. */
async function valuesOf({ type, query, regex }: Variable, scope: Scope, range: TimeRange): Promise<string[]> {
  const text = (typeof query === 'string' ? query : query?.query) ?? '';
  const [, selector, label] = /^label_values\((.+),\s*(\w+)\)$/.exec(text) ?? [];
  const [, expression] = /^query_result\((.+)\)$/.exec(text) ?? [];
  if (type === 'query' && selector && label) return labelValues(inExpression(selector, scope), label, range);
  if (type === 'query' && expression && regex)
    return resultLines(inExpression(expression, scope), regex, range);
  throw new Error(`not supported here: ${type} variable ${text}`);
}

/** Returns the matched part of each line of the answer. The lines are in Grafana's notation. */
async function resultLines(expression: string, regex: string, { to }: TimeRange): Promise<string[]> {
  const part = new RegExp(regex.replace(/^\/|\/$/g, ''));
  const series = await instantQuery(expression, to);
  return series.flatMap(({ labels, value, time }) => {
    const pairs = Object.entries(labels).map(([label, text]) => `${label}="${text}"`);
    return part.exec(`{${pairs.join(',')}} ${value} ${time}`)?.[1] ?? [];
  });
}
