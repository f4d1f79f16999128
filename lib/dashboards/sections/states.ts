import { TableCellDisplayMode } from '@grafana/grafana-foundation-sdk/common';
import {
  type DynamicConfigValue,
  MappingType,
  SpecialValueMatch,
  type Threshold,
  ThresholdsMode,
  type ValueMapping,
} from '@grafana/grafana-foundation-sdk/dashboard';

// Colours that differ for everybody: blue is well, yellow is to be watched, red is wrong

const HOUR = 3600;

/** Seconds after which what nobody has used counts as unused. */
export const UNUSED_AFTER = 90 * 24 * HOUR;

/** Seconds since a run that should be daily: one missed run and two, with two hours to spare. */
export const LATE: readonly Threshold[] = [
  { value: null, color: 'blue' },
  { value: 26 * HOUR, color: 'yellow' },
  { value: 50 * HOUR, color: 'red' },
];

/** How many went wrong. */
export const NONE_WRONG: readonly Threshold[] = [
  { value: null, color: 'blue' },
  { value: 1, color: 'red' },
];

/** A share that nobody answers for. */
export const UNANSWERED: readonly Threshold[] = [
  { value: null, color: 'blue' },
  { value: 0.1, color: 'yellow' },
  { value: 0.25, color: 'red' },
];

/** A share that is as it should be. */
export const COMPLETE: readonly Threshold[] = [
  { value: null, color: 'red' },
  { value: 0.75, color: 'yellow' },
  { value: 0.9, color: 'blue' },
];

/** Half a cent in either direction. */
export const GAP: readonly Threshold[] = [
  { value: null, color: 'red' },
  { value: -0.005, color: 'blue' },
  { value: 0.005, color: 'red' },
];

/** By which share something grew: blue while steady or less, yellow from a tenth, red from a quarter. */
export const GROWTH: readonly Threshold[] = [
  { value: null, color: 'blue' },
  { value: 0.1, color: 'yellow' },
  { value: 0.25, color: 'red' },
];

/** A collector that never ended a whole run: without this, the empty cell would be green. */
export const NEVER: readonly ValueMapping[] = [
  {
    type: MappingType.SpecialValue,
    options: { match: SpecialValueMatch.Null, result: { text: 'none known', color: 'red' } },
  },
];

export const WHOLE_OR_NOT: readonly ValueMapping[] = [
  {
    type: MappingType.ValueToText,
    options: { 0: { text: 'whole', color: 'blue' }, 1: { text: 'incomplete', color: 'red' } },
  },
];

/** What Cost Explorer itself says. */
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

export const FINAL_OR_NOT: readonly ValueMapping[] = [
  {
    type: MappingType.ValueToText,
    options: { 0: { text: 'no more', color: 'blue' }, 1: { text: 'an estimate', color: 'yellow' } },
  },
];

/** Of a column beside others: without this, an empty cell would say what an empty table says. */
export const EMPTY_CELL: DynamicConfigValue = { id: 'noValue', value: '–' };

/** Field options of a column that shows its state by the colour of its text. */
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
