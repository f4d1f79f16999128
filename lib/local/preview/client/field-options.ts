import type { FieldConfig, FieldOptions } from './model';

const NONE: FieldConfig = { defaults: {}, overrides: [] };

/** Returns the options of a column: the defaults, then the overrides for its name. */
export function optionsOf(name: string, { defaults, overrides }: FieldConfig = NONE): FieldOptions {
  return overrides
    .filter(({ matcher }) => matcher.id === 'byName' && matcher.options === name)
    .flatMap(({ properties }) => properties)
    .reduce<FieldOptions>((options, { id, value }) => withProperty(options, id, value), defaults);
}

const CUSTOM = 'custom.';

function withProperty(options: FieldOptions, id: string, value: unknown): FieldOptions {
  if (!id.startsWith(CUSTOM)) return { ...options, [id]: value };
  return { ...options, custom: { ...options.custom, [id.slice(CUSTOM.length)]: value } };
}
