import uPlot from 'uplot';
import { resolved, seriesColor } from './colors';
import { display } from './display';
import { element } from './element';
import { optionsOf } from './field-options';
import type { Panel } from './model';
import { type PanelContents, type PanelQuery, seriesName } from './panel-contents';
import { rangeQuery } from './prometheus';
import { steps } from './time-range';
import { hideTooltip, showTooltip, swatch } from './tooltip';
import { inUnit, onAxis } from './units';

/** Draws lines over the selected time range. */
export async function timeseries(panel: Panel, query: PanelQuery): Promise<PanelContents> {
  const { times, stepMs } = steps(query.range, panel.interval);
  const answers = await Promise.all(
    query.targets.map(async ({ expr, legendFormat }) => {
      const series = await rangeQuery(expr, times, stepMs);
      return series.map(({ labels, points }) => ({
        name: seriesName(legendFormat, labels),
        values: times.map((time) => points.get(time) ?? null),
      }));
    }),
  );
  const lines = answers
    .flat()
    .sort((a, b) => (b.values.at(-1) ?? 0) - (a.values.at(-1) ?? 0))
    .map((line, i) => ({ ...line, color: seriesColor(i) }));
  if (lines.length === 0) return { rows: 0, nodes: [element('p', { className: 'nothing' }, 'No data')] };
  return { rows: lines.length, nodes: [chart({ panel, lines, times })] };
}

interface Line {
  readonly name: string;
  readonly values: readonly (number | null)[];
  readonly color: string;
}

interface Chart {
  readonly panel: Panel;
  readonly lines: readonly Line[];
  readonly times: readonly number[];
}

function chart(data: Chart): HTMLElement {
  const canvas = element('div', { className: 'canvas' });
  let plot: uPlot | undefined;
  // The size is known only after the panel is in the page.
  const observer = new ResizeObserver(([entry]) => {
    const { width = 0, height = 0 } = entry?.contentRect ?? {};
    if (width > 0 && plot) plot.setSize({ width, height });
    else if (width > 0) plot = draw(canvas, data, { width, height });
    else if (!canvas.isConnected) {
      plot?.destroy();
      observer.disconnect();
    }
  });
  observer.observe(canvas);
  const toggle = (index: number, show: boolean) => plot?.setSeries(index + 1, { show });
  return element('div', { className: 'chart' }, canvas, legend(data, toggle));
}

interface Size {
  readonly width: number;
  readonly height: number;
}

function draw(canvas: HTMLElement, { panel, lines, times }: Chart, size: Size): uPlot {
  const ink = resolved('var(--faint)');
  const axis = {
    stroke: ink,
    font: '12px system-ui',
    grid: { stroke: resolved('var(--line)'), width: 1 },
    ticks: { show: false },
  };
  const unit = panel.fieldConfig?.defaults.unit;
  const plot = new uPlot(
    {
      ...size,
      legend: { show: false },
      tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC'),
      cursor: { drag: { x: false, y: false }, points: { size: 7 } },
      scales: { y: { range: (_, least, most) => [Math.min(0, least), Math.max(least, most) * 1.06 || 1] } },
      axes: [
        { ...axis, size: 28, grid: { show: false }, values: timeMarks },
        { ...axis, size: 64, values: (_, marks) => marks.map((mark) => onAxis(mark, unit)) },
      ],
      series: [{}, ...lines.map(toSeries)],
    },
    [times.map((time) => time / 1000), ...lines.map(({ values }) => [...values])],
    canvas,
  );
  plot.over.onmousemove = (event) => hover({ panel, lines, times }, plot, event);
  plot.over.onmouseleave = hideTooltip;
  return plot;
}

/** Formats marks as days when they are days apart and as hours within a day, in UTC like the bill. */
function timeMarks(_: uPlot, seconds: number[], __: number, ___: number, step: number): string[] {
  const day = new Intl.DateTimeFormat('en-US', { month: 'short', day: 'numeric', timeZone: 'UTC' });
  const hour = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' });
  return seconds.map((second) => (step < 86_400 && second % 86_400 !== 0 ? hour : day).format(second * 1000));
}

function toSeries({ color, values }: Line): uPlot.Series {
  const stroke = resolved(color);
  const alone = values.flatMap((value, i) =>
    value !== null && values[i - 1] == null && values[i + 1] == null ? [i] : [],
  );
  return { stroke, width: 1.75, points: { show: true, filter: () => alone, size: 7, fill: stroke, stroke } };
}

function hover({ panel, lines, times }: Chart, { cursor }: uPlot, event: MouseEvent): void {
  const at = cursor.idx;
  const rows = lines
    .map(({ name, color, values }) => ({ name, color, value: values[at ?? -1] ?? null }))
    .filter(({ value }) => value !== null)
    .sort((a, b) => Number(b.value) - Number(a.value))
    .map(({ name, color, value }) => ({
      name,
      color,
      text: display(value, optionsOf(name, panel.fieldConfig)).text,
    }));
  if (at == null || rows.length === 0) hideTooltip();
  else showTooltip(`${inUnit(times[at] ?? 0, 'dateTimeAsIso')} UTC`, rows, event);
}

/** Lists names and last values. A click hides a line or shows it again. */
function legend({ panel, lines }: Chart, toggle: (index: number, show: boolean) => void): HTMLElement {
  const rows = lines.map(({ name, color, values }, index) => {
    const last = display(
      values.findLast((value) => value !== null) ?? null,
      optionsOf(name, panel.fieldConfig),
    ).text;
    const row = element(
      'button',
      { type: 'button', ariaPressed: 'true' },
      swatch(color),
      element('span', { title: name }, name),
      element('b', {}, last),
    );
    row.onclick = () => {
      const show = row.ariaPressed !== 'true';
      row.ariaPressed = String(show);
      toggle(index, show);
    };
    return row;
  });
  return element('div', { className: 'legend' }, ...rows);
}
