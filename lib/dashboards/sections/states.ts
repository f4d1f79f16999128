import { TableCellDisplayMode } from '@grafana/grafana-foundation-sdk/common';
import {
  type DynamicConfigValue,
  MappingType,
  SpecialValueMatch,
  type Threshold,
  ThresholdsMode,
  type ValueMapping,
} from '@grafana/grafana-foundation-sdk/dashboard';

const HOUR = 3600;

/** Seconds since a run that should be daily: one missed run and two, with two hours to spare. */
export const LATE: readonly Threshold[] = [
  { value: null, color: 'green' },
  { value: 26 * HOUR, color: 'yellow' },
  { value: 50 * HOUR, color: 'red' },
];

/** Half a cent in either direction. */
export const GAP: readonly Threshold[] = [
  { value: null, color: 'red' },
  { value: -0.005, color: 'green' },
  { value: 0.005, color: 'red' },
];

/** A collector that never ended a whole run: without this, the empty cell would be green. */
export const NEVER: readonly ValueMapping[] = [
  {
    type: MappingType.SpecialValue,
    options: { match: SpecialValueMatch.Null, result: { text: 'never', color: 'red' } },
  },
];

export const WHOLE_OR_NOT: readonly ValueMapping[] = [
  {
    type: MappingType.ValueToText,
    options: { 0: { text: 'whole', color: 'green' }, 1: { text: 'incomplete', color: 'red' } },
  },
];

export const ON_OFF: readonly ValueMapping[] = [
  {
    type: MappingType.ValueToText,
    options: { 0: { text: 'off', color: 'yellow' }, 1: { text: 'on', color: 'green' } },
  },
];

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
