import { bars } from './bars';
import { element } from './element';
import { inExpression, inUrl, type Scope } from './interpolate';
import type { Panel } from './model';
import type { PanelContents, PanelQuery } from './panel-contents';
import { stat } from './stat';
import { table } from './table';
import type { TimeRange } from './time-range';
import { timeseries } from './timeseries';
import { unsupported } from './unsupported';

/** The function that draws a panel, by Grafana type. */
const DRAW: Readonly<Record<string, (panel: Panel, query: PanelQuery) => Promise<PanelContents>>> = {
  stat,
  table,
  timeseries,
  barchart: bars,
};

/** A panel in the page. */
export interface PanelView {
  readonly node: HTMLElement;
  /** Queries again with the current selection. */
  refresh(scope: Scope, range: TimeRange): Promise<void>;
}

/** Creates a panel that is empty until its first refresh. */
export function panelView(panel: Panel): PanelView {
  const body = element('div', { className: 'body' });
  const node = element(
    'section',
    { className: `panel ${panel.type}` },
    heading(panel),
    body,
    ...notShown(panel),
  );
  node.dataset.state = 'loading';
  let latest = 0;
  return {
    node,
    refresh: async (scope, range) => {
      latest += 1;
      const turn = latest;
      node.classList.add('waiting');
      const { state, nodes } = await contents(panel, scope, range);
      if (turn !== latest) return; // A later selection has been made.
      node.classList.remove('waiting');
      node.dataset.state = state;
      body.replaceChildren(...nodes);
    },
  };
}

interface Outcome {
  readonly state: 'data' | 'empty' | 'error' | 'not shown';
  readonly nodes: readonly Node[];
}

async function contents(panel: Panel, scope: Scope, range: TimeRange): Promise<Outcome> {
  const draw = DRAW[panel.type];
  if (!draw) return { state: 'not shown', nodes: [words(`not shown here: panel type ${panel.type}`)] };
  try {
    const { rows, nodes } = await draw(panel, queryOf(panel, scope, range));
    return { state: rows > 0 ? 'data' : 'empty', nodes };
  } catch (error) {
    return { state: 'error', nodes: [words((error as Error).message)] };
  }
}

function queryOf({ targets = [] }: Panel, scope: Scope, range: TimeRange): PanelQuery {
  return {
    targets: targets.map(({ expr = '', refId = 'A', legendFormat }) => ({
      expr: inExpression(expr, scope),
      refId,
      legendFormat,
    })),
    range,
    href: (url, cell) => safe(inUrl(url, scope, cell)),
  };
}

/** Refuses addresses that would run a value as a script. */
function safe(url: string): string {
  return /^(\/|https?:)/.test(url) ? url : '#';
}

function words(text: string): HTMLElement {
  return element('p', { className: 'words' }, text);
}

function heading({ title = '', description = '' }: Panel): HTMLElement {
  const about = element('span', { className: 'about', tabIndex: 0, role: 'note', ariaLabel: description });
  about.append(element('span', { className: 'description' }, ...inlineCode(description)));
  return element('header', {}, element('h3', { title }, title), ...(description ? [about] : []));
}

/** Renders the Markdown that descriptions use, which is `code`. */
function inlineCode(text: string): Node[] {
  return text
    .split('`')
    .map((part, i) => (i % 2 === 1 ? element('code', {}, part) : document.createTextNode(part)));
}

function notShown(panel: Panel): HTMLElement[] {
  const what = DRAW[panel.type] ? [...new Set(unsupported(panel))] : [];
  return what.length > 0
    ? [element('footer', { className: 'not-shown' }, `not shown here: ${what.join(', ')}`)]
    : [];
}
