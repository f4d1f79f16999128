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

/**
 * Returns the colours of the seconds since the last complete run: yellow after one missed run, red after two. If there
 * are several collectors, the one that runs least often counts.
 */
export function lateness({ collectors, hours }: Pick<Runs, 'collectors' | 'hours'>): readonly Threshold[] {
  const longest = (limit: (hours: readonly number[]) => number) =>
    HOUR * Math.max(...collectors.map((collector) => limit(hours[collector])));
  return [
    { value: null, color: 'blue' },
    { value: longest(lateAfterHours), color: 'yellow' },
    { value: longest(staleAfterHours), color: 'red' },
  ];
}

/** Colours of a number of failures: none is good. */
export const NONE_WRONG: readonly Threshold[] = [
  { value: null, color: 'blue' },
  { value: 1, color: 'red' },
];

/** Colours of an unattributed share. */
export const UNATTRIBUTED_SHARE: readonly Threshold[] = [
  { value: null, color: 'blue' },
  { value: 0.1, color: 'yellow' },
  { value: 0.25, color: 'red' },
];

/** Colours of the share of resources that meet a requirement. */
export const COMPLETE: readonly Threshold[] = [
  { value: null, color: 'red' },
  { value: 0.75, color: 'yellow' },
  { value: 0.9, color: 'blue' },
];

/** Returns the colours of a gap in either direction. None is red, because only the alert compares the gap with the total. */
export function gapLevels({ gapTolerance: { usd } }: Pick<Settings, 'gapTolerance'>): readonly Threshold[] {
  return [
    { value: null, color: 'yellow' },
    { value: -usd, color: 'blue' },
    { value: usd, color: 'yellow' },
  ];
}

/** Returns the part of a description that explains when a gap matters. */
export function gapExplained({ gapTolerance: { usd, share } }: Pick<Settings, 'gapTolerance'>): string {
  return `Yellow from ${usd} USD. The alert TollgateGap fires if it also exceeds ${100 * share} % of the total in two runs in a row.`;
}

/** Colours of relative growth: yellow from 10 %, red from 25 %. */
export const GROWTH: readonly Threshold[] = [
  { value: null, color: 'blue' },
  { value: 0.1, color: 'yellow' },
  { value: 0.25, color: 'red' },
];

/** Marks a collector without a known complete run, whose empty cell would otherwise be green. */
export const NONE_KNOWN: readonly ValueMapping[] = [
  {
    type: MappingType.SpecialValue,
    options: { match: SpecialValueMatch.Null, result: { text: 'none known', color: 'red' } },
  },
];

/** Names and colours of the states of a collector's run. */
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

/** Reports whether Cost Explorer calls a month or a day an estimate. */
export const ESTIMATED: readonly ValueMapping[] = [
  {
    type: MappingType.ValueToText,
    options: {
      0: { text: 'no longer an estimate', color: 'blue' },
      1: { text: 'estimate', color: 'yellow' },
    },
  },
];

/** Names and colours of data that Cost Explorer may not have. */
export const AVAILABILITY: readonly ValueMapping[] = [
  {
    type: MappingType.ValueToText,
    options: { 0: { text: 'not available', color: 'yellow' }, 1: { text: 'available', color: 'blue' } },
  },
];

/** The text of a cell without a value. */
export const EMPTY_CELL: DynamicConfigValue = { id: 'noValue', value: '–' };

/** Returns field options for a column whose text has the colour of its state. */
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
