import { TableCellDisplayMode } from '@grafana/grafana-foundation-sdk/common';
import {
  type DynamicConfigValue,
  MappingType,
  SpecialValueMatch,
  type Threshold,
  ThresholdsMode,
  type ValueMapping,
} from '@grafana/grafana-foundation-sdk/dashboard';
import type { Settings } from '../../../lambdas/catalog/settings';
import { lateAfterHours, staleAfterHours } from '../../../lambdas/catalog/trust';
import type { Runs } from '../selection';

// Colours that colour-blind people can distinguish: blue is good, yellow needs attention, red is wrong.

const HOUR = 3600;

/** Seconds without use after which a user or a role counts as unused. */
export const UNUSED_AFTER = 90 * 24 * HOUR;

/** Seconds since the last complete run: yellow after one missed run, red after two, of the collector that runs least often. */
export function lateness({ collectors, hours }: Pick<Runs, 'collectors' | 'hours'>): readonly Threshold[] {
  const longest = (limit: (hours: readonly number[]) => number) =>
    HOUR * Math.max(...collectors.map((collector) => limit(hours[collector])));
  return [
    { value: null, color: 'blue' },
    { value: longest(lateAfterHours), color: 'yellow' },
    { value: longest(staleAfterHours), color: 'red' },
  ];
}

/** A number of failures. */
export const NONE_WRONG: readonly Threshold[] = [
  { value: null, color: 'blue' },
  { value: 1, color: 'red' },
];

/** An unattributed share. */
export const UNATTRIBUTED_SHARE: readonly Threshold[] = [
  { value: null, color: 'blue' },
  { value: 0.1, color: 'yellow' },
  { value: 0.25, color: 'red' },
];

/** A share of resources that meet a requirement. */
export const COMPLETE: readonly Threshold[] = [
  { value: null, color: 'red' },
  { value: 0.75, color: 'yellow' },
  { value: 0.9, color: 'blue' },
];

/** The colours of a gap in either direction. It is not red, because only the alert compares it with the total. */
export function gapLevels({ gapTolerance: { usd } }: Pick<Settings, 'gapTolerance'>): readonly Threshold[] {
  return [
    { value: null, color: 'yellow' },
    { value: -usd, color: 'blue' },
    { value: usd, color: 'yellow' },
  ];
}

/** The part of a description that explains when a gap matters. */
export function gapExplained({ gapTolerance: { usd, share } }: Pick<Settings, 'gapTolerance'>): string {
  return `Yellow from ${usd} USD. The alert TollgateGap fires where it also exceeds ${100 * share} % of the total in two runs in a row.`;
}

/** A relative growth: yellow from 10 %, red from 25 %. */
export const GROWTH: readonly Threshold[] = [
  { value: null, color: 'blue' },
  { value: 0.1, color: 'yellow' },
  { value: 0.25, color: 'red' },
];

/** A collector without a known complete run, whose empty cell would otherwise be green. */
export const NONE_KNOWN: readonly ValueMapping[] = [
  {
    type: MappingType.SpecialValue,
    options: { match: SpecialValueMatch.Null, result: { text: 'none known', color: 'red' } },
  },
];

export const RUN_STATES: readonly ValueMapping[] = [
  {
    type: MappingType.ValueToText,
    options: {
      0: { text: 'complete', color: 'blue' },
      1: { text: 'incomplete', color: 'red' },
      2: { text: 'stale', color: 'red' },
    },
  },
];

/** Cost Explorer’s own statement about a month or a day. */
export const ESTIMATED: readonly ValueMapping[] = [
  {
    type: MappingType.ValueToText,
    options: {
      0: { text: 'no longer an estimate', color: 'blue' },
      1: { text: 'estimate', color: 'yellow' },
    },
  },
];

export const ON_OFF: readonly ValueMapping[] = [
  {
    type: MappingType.ValueToText,
    options: { 0: { text: 'off', color: 'yellow' }, 1: { text: 'on', color: 'blue' } },
  },
];

/** The text of a cell without a value. */
export const EMPTY_CELL: DynamicConfigValue = { id: 'noValue', value: '–' };

/** Field options of a column whose text has the colour of its state. */
export function coloured(
  steps: readonly Threshold[],
  mappings: readonly ValueMapping[] = [],
): DynamicConfigValue[] {
  return [
    { id: 'custom.cellOptions', value: { type: TableCellDisplayMode.ColorText } },
    ...(steps.length > 0 ? [{ id: 'thresholds', value: { mode: ThresholdsMode.Absolute, steps } }] : []),
    ...(mappings.length > 0 ? [{ id: 'mappings', value: mappings }] : []),
  ];
}
