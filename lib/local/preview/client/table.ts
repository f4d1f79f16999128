import { namedColor } from './colors';
import { display } from './display';
import { element } from './element';
import { optionsOf } from './field-options';
import { type Field, type Frame, fieldOf, isNumeric, lengthOf, order, pick } from './frame';
import type { FieldOptions, Panel } from './model';
import type { PanelContents, PanelQuery } from './panel-contents';
import { tableFrame } from './table-frame';

/** Limits the document's size. To see other rows, users select fewer values at the top. */
const MOST_ROWS = 500;

/** Draws rows and columns; a click on a title sorts them. */
export async function table(panel: Panel, query: PanelQuery): Promise<PanelContents> {
  const frame = await tableFrame(panel, query);
  const rows = lengthOf(frame);
  if (rows === 0) {
    const { noValue = 'No data' } = panel.fieldConfig?.defaults ?? {};
    return { rows, nodes: [element('p', { className: 'nothing' }, noValue)] };
  }
  const [by] = panel.options?.sortBy ?? [];
  const view = element('table');
  draw(view, { panel, query, frame }, { name: by?.displayName ?? '', descending: by?.desc ?? false });
  const hidden =
    rows > MOST_ROWS ? [element('p', { className: 'more' }, `the first ${MOST_ROWS} of ${rows} rows`)] : [];
  return { rows, nodes: [element('div', { className: 'scroll', tabIndex: 0 }, view, ...hidden)] };
}

interface Rows {
  readonly panel: Panel;
  readonly query: PanelQuery;
  readonly frame: Frame;
}

interface Sorting {
  readonly name: string;
  readonly descending: boolean;
}

function draw(view: HTMLTableElement, rows: Rows, sorting: Sorting): void {
  const by = fieldOf(rows.frame, sorting.name);
  const sorted = by ? pick(rows.frame, order(by, sorting.descending)) : rows.frame;
  const columns = sorted.map((field) => ({ field, options: optionsOf(field.name, rows.panel.fieldConfig) }));
  const sort = (name: string) =>
    draw(view, rows, { name, descending: name !== sorting.name || !sorting.descending });
  const body = Array.from({ length: Math.min(lengthOf(sorted), MOST_ROWS) }, (_, row) =>
    bodyRow(columns, row, rows.query),
  );
  view.replaceChildren(
    element('thead', {}, element('tr', {}, ...columns.map(({ field }) => title(field, sorting, sort)))),
    element('tbody', {}, ...body),
    ...(rows.panel.options?.footer?.show ? [element('tfoot', {}, sums(columns))] : []),
  );
}

interface Column {
  readonly field: Field;
  readonly options: FieldOptions;
}

function title(field: Field, sorting: Sorting, sort: (name: string) => void): HTMLElement {
  const sorted = field.name === sorting.name;
  const button = element('button', { type: 'button', onclick: () => sort(field.name) }, field.name);
  const cell = element('th', { className: alignment(field) }, button);
  if (sorted) cell.ariaSort = sorting.descending ? 'descending' : 'ascending';
  return cell;
}

function bodyRow(columns: readonly Column[], row: number, query: PanelQuery): HTMLElement {
  const texts = Object.fromEntries(columns.map(({ field }) => [field.name, String(field.values[row] ?? '')]));
  return element('tr', {}, ...columns.map((column) => bodyCell(column, row, texts, query)));
}

function bodyCell(
  { field, options }: Column,
  row: number,
  texts: Readonly<Record<string, string>>,
  { href }: PanelQuery,
): HTMLElement {
  const { text, color } = display(field.values[row] ?? null, options);
  const colored = options.custom?.cellOptions?.type === 'color-text';
  const target = { raw: texts[field.name] ?? '', text, row: texts };
  const links = (options.links ?? []).map((link, i) =>
    element('a', { href: href(link.url, target), title: link.title }, i === 0 ? text : link.title),
  );
  return element(
    'td',
    { className: alignment(field), title: text, style: colored ? { color: namedColor(color) } : {} },
    ...(links.length > 0 ? links : [text]),
  );
}

function sums(columns: readonly Column[]): HTMLElement {
  const cells = columns.map(({ field, options }, i) => {
    const sum = field.values.reduce<number>((total, value) => total + Number(value ?? 0), 0);
    const text = isNumeric(field) ? display(sum, options).text : i === 0 ? 'Sum' : '';
    return element('td', { className: alignment(field) }, text);
  });
  return element('tr', {}, ...cells);
}

function alignment(field: Field): string {
  return isNumeric(field) ? 'number' : '';
}
