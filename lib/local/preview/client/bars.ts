import { seriesColor } from './colors';
import { display } from './display';
import { element } from './element';
import { optionsOf } from './field-options';
import { type Field, isNumeric, lengthOf } from './frame';
import type { Panel } from './model';
import type { PanelContents, PanelQuery } from './panel-contents';
import { tableFrame } from './table-frame';
import { hideTooltip, showTooltip, swatch } from './tooltip';
import { onAxis } from './units';

/** Draws a bar for each row, stacked from its numbers. */
export async function bars(panel: Panel, query: PanelQuery): Promise<PanelContents> {
  const frame = await tableFrame(panel, query);
  const names = frame.find((field) => !isNumeric(field));
  const parts = frame.filter(isNumeric).map((field, i) => ({ field, color: seriesColor(i) }));
  const rows = parts.length > 0 ? lengthOf(frame) : 0;
  if (rows === 0) return { rows, nodes: [element('p', { className: 'nothing' }, 'No data')] };
  const stacks = Array.from({ length: rows }, (_, row) =>
    stack(String(names?.values[row] ?? ''), parts, row),
  );
  const scale = scaleOf(stacks);
  return { rows, nodes: [chart(stacks, scale, panel), legend(parts)] };
}

interface Part {
  readonly field: Field;
  readonly color: string;
}

interface Segment {
  readonly name: string;
  readonly color: string;
  readonly value: number;
  /** Start and end of the bar; negative values such as credits extend to the left. */
  readonly from: number;
  readonly to: number;
}

interface Stack {
  readonly name: string;
  readonly segments: readonly Segment[];
}

function stack(name: string, parts: readonly Part[], row: number): Stack {
  const ends = { positive: 0, negative: 0 };
  const segments = parts.map(({ field, color }) => {
    const value = Number(field.values[row] ?? 0);
    const side = value < 0 ? 'negative' : 'positive';
    const start = ends[side];
    ends[side] += value;
    return {
      name: field.name,
      color,
      value,
      from: Math.min(start, ends[side]),
      to: Math.max(start, ends[side]),
    };
  });
  return { name, segments: segments.filter(({ value }) => value !== 0) };
}

interface Scale {
  readonly from: number;
  readonly to: number;
  readonly marks: readonly number[];
}

function scaleOf(stacks: readonly Stack[]): Scale {
  const segments = stacks.flatMap((one) => one.segments);
  const least = Math.min(0, ...segments.map(({ from }) => from));
  const most = Math.max(0, ...segments.map(({ to }) => to)) || 1;
  const step = roundStep((most - least) / 4);
  const [first, last] = [Math.floor(least / step), Math.ceil(most / step)];
  const marks = Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step);
  return { from: first * step, to: last * step, marks };
}

/** Returns the next of 1, 2, 5, 10, 20, … */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return power * ([1, 2, 5, 10].find((factor) => factor * power >= least) ?? 10);
}

function chart(stacks: readonly Stack[], scale: Scale, panel: Panel): HTMLElement {
  const at = (value: number) => `${((value - scale.from) / (scale.to - scale.from)) * 100}%`;
  const unit = panel.fieldConfig?.defaults.unit;
  const lines = scale.marks.map((mark) => element('i', { style: { '--from': at(mark) } }));
  const marks = scale.marks.map((mark) =>
    element('span', { style: { '--from': at(mark) } }, onAxis(mark, unit)),
  );
  return element(
    'div',
    {
      className: `bars ${panel.options?.orientation === 'horizontal' ? 'horizontal' : 'vertical'}`,
      style: { '--bars': String(stacks.length) },
    },
    element('div', { className: 'lines' }, ...lines),
    ...stacks.flatMap((one, i) => bar(one, { at, panel, place: String(i + 1) })),
    element('div', { className: 'axis' }, ...marks),
  );
}

interface BarOptions {
  /** Share of the axis, from 0 to 1. */
  readonly at: (value: number) => string;
  readonly panel: Panel;
  /** The row of a horizontal bar or the column of a vertical one. */
  readonly place: string;
}

function bar({ name, segments }: Stack, { at, panel, place }: BarOptions): HTMLElement[] {
  const style = { '--place': place };
  const parts = segments.map(({ from, to, color }) =>
    element('i', { style: { '--from': at(from), '--to': at(to), background: color } }),
  );
  const track = element('div', { className: 'track', style }, ...parts);
  const rows = [...segments]
    .sort((a, b) => b.value - a.value)
    .map(({ name, color, value }) => ({
      name,
      color,
      text: display(value, optionsOf(name, panel.fieldConfig)).text,
    }));
  track.onmousemove = (event) => showTooltip(name, rows, event);
  track.onmouseleave = hideTooltip;
  return [element('span', { className: 'name', title: name, style }, name), track];
}

function legend(parts: readonly Part[]): HTMLElement {
  const names = parts.map(({ field, color }) => element('span', {}, swatch(color), field.name));
  return element('div', { className: 'legend list' }, ...names);
}
