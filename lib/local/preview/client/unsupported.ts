import type { FieldOptions, Panel } from './model';
import { TRANSFORMATIONS } from './transformations';
import { UNITS } from './units';

const PROPERTIES = [
  'unit',
  'decimals',
  'noValue',
  'mappings',
  'thresholds',
  'links',
  'custom.cellOptions',
  'custom.width',
  'custom.filterable',
];
const CELL_TYPES = ['auto', 'color-text'];
const MAPPINGS = ['value', 'special', 'range'];

/** Returns the features of a panel that the page lacks, in words, so that no feature is missing silently. */
export function unsupported(panel: Panel): string[] {
  const { transformations = [], fieldConfig, options = {}, targets = [] } = panel;
  const overrides = fieldConfig?.overrides ?? [];
  const properties = overrides.flatMap((override) => override.properties);
  return [
    ...transformations.filter(({ id }) => !TRANSFORMATIONS[id]).map(({ id }) => `transformation ${id}`),
    ...overrides
      .filter(({ matcher }) => matcher.id !== 'byName')
      .map(({ matcher }) => `override ${matcher.id}`),
    ...properties.filter(({ id }) => !PROPERTIES.includes(id)).map(({ id }) => `field option ${id}`),
    ...[fieldConfig?.defaults ?? {}, ...properties.map(({ id, value }) => ({ [id]: value }))].flatMap(
      ofField,
    ),
    ...targets.filter(({ expr }) => !expr).map(({ refId }) => `query ${refId} without PromQL`),
    ...('repeat' in panel ? ['repeated panel'] : []),
    ...(options.graphMode && options.graphMode !== 'none' ? [`graph mode ${options.graphMode}`] : []),
    ...(panel.type === 'barchart' && options.stacking !== 'normal' ? ['bars that are not stacked'] : []),
  ];
}

function ofField(
  options: FieldOptions & { readonly 'custom.cellOptions'?: { readonly type: string } },
): string[] {
  const { unit, mappings = [], custom = {} } = options;
  const cell = custom.cellOptions ?? options['custom.cellOptions'];
  return [
    ...(unit && !UNITS[unit] ? [`unit ${unit}`] : []),
    ...mappings.filter(({ type }) => !MAPPINGS.includes(type)).map(({ type }) => `mapping ${type}`),
    ...(cell && !CELL_TYPES.includes(cell.type) ? [`cell type ${cell.type}`] : []),
    ...('drawStyle' in custom && custom.drawStyle !== 'line' ? [`style ${custom.drawStyle}`] : []),
    ...('stacking' in custom ? ['stacked lines'] : []),
  ];
}
