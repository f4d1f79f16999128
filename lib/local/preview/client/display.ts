import type { Value } from './frame';
import type { FieldOptions, Mapping, MappingResult } from './model';
import { inUnit } from './units';

/** The appearance of a value. */
interface Displayed {
  readonly text: string;
  /** Grafana's colour name, when mappings or thresholds give one. */
  readonly color?: string;
}

/** Returns the text and the colour of a value, from mappings, unit and thresholds. */
export function display(value: Value, options: FieldOptions): Displayed {
  const { unit, decimals, noValue = '', mappings = [] } = options;
  const mapped = mappings.map((mapping) => resultOf(mapping, value)).find((result) => result !== undefined);
  const text =
    mapped?.text ??
    (value === null ? noValue : typeof value === 'number' ? inUnit(value, unit, decimals) : value);
  return { text, color: mapped?.color ?? thresholdColor(value, options) };
}

function resultOf(mapping: Mapping, value: Value): MappingResult | undefined {
  switch (mapping.type) {
    case 'value':
      return value === null ? undefined : mapping.options[String(value)];
    case 'special':
      return isSpecial(value, mapping.options.match) ? mapping.options.result : undefined;
    case 'range': {
      const { from, to, result } = mapping.options;
      const inside = typeof value === 'number' && value >= (from ?? -Infinity) && value <= (to ?? Infinity);
      return inside ? result : undefined;
    }
  }
}

function isSpecial(value: Value, match: string): boolean {
  if (value === null) return match.includes('null');
  return Number.isNaN(value) ? match.includes('nan') : match === 'empty' && value === '';
}

function thresholdColor(value: Value, { thresholds }: FieldOptions): string | undefined {
  if (typeof value !== 'number') return undefined;
  return thresholds?.steps.findLast((step) => value >= (step.value ?? -Infinity))?.color;
}
