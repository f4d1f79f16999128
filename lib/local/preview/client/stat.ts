import { namedColor } from './colors';
import { display } from './display';
import { element } from './element';
import { optionsOf } from './field-options';
import type { Panel } from './model';
import { type PanelContents, type PanelQuery, seriesName } from './panel-contents';
import { instantQuery } from './prometheus';

/** Draws one large number, or several with their names. */
export async function stat(panel: Panel, query: PanelQuery): Promise<PanelContents> {
  const answers = await Promise.all(
    query.targets.map(async (target) => {
      const series = await instantQuery(target.expr, query.range.to);
      return series.map(({ labels, value }) => ({ name: seriesName(target.legendFormat, labels), value }));
    }),
  );
  const values = answers.flat();
  return {
    rows: values.length,
    nodes: [element('div', { className: 'stats' }, ...tiles(panel, values))],
  };
}

interface Named {
  readonly name: string;
  readonly value: number;
}

function tiles(panel: Panel, values: readonly Named[]): HTMLElement[] {
  if (values.length === 0)
    return [tile('', display(null, { noValue: 'No data', ...optionsOf('', panel.fieldConfig) }).text)];
  return values.map(({ name, value }) => {
    const { text, color } = display(value, optionsOf(name, panel.fieldConfig));
    return tile(values.length > 1 ? name : '', text, color);
  });
}

function tile(name: string, text: string, color?: string): HTMLElement {
  const value = element('strong', { style: { color: namedColor(color) } }, text);
  value.classList.toggle('in-words', !/\d/.test(text));
  return element('div', {}, ...(name ? [element('span', { className: 'stat-name' }, name)] : []), value);
}
