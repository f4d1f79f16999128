import type { Charge } from '../../bill/bill';

type DimensionReader = (charge: Charge) => string;

/** The value of a charge in each dimension that filters and groups may name. */
export const DIMENSIONS = {
  LINKED_ACCOUNT: ({ accountId }) => accountId,
  RECORD_TYPE: ({ recordType }) => recordType,
  REGION: ({ region }) => region,
  RESOURCE_ID: ({ resourceId }) => resourceId || 'NoResourceId',
  SERVICE: ({ service }) => service,
  USAGE_TYPE: ({ usageType }) => usageType || 'NoUsageType',
} as const satisfies Record<string, DimensionReader>;

/** A dimension that is modelled. */
export type Dimension = keyof typeof DIMENSIONS;

/** The dimensions of GetCostAndUsage. AWS refuses the remaining one with "Dimension RESOURCE_ID is not allowed". */
export const DIMENSIONS_WITHOUT_RESOURCE = [
  'LINKED_ACCOUNT',
  'RECORD_TYPE',
  'REGION',
  'SERVICE',
  'USAGE_TYPE',
] as const satisfies readonly Dimension[];

/** The dimensions of GetCostAndUsageWithResources. */
export const ALL_DIMENSIONS = [
  ...DIMENSIONS_WITHOUT_RESOURCE,
  'RESOURCE_ID',
] as const satisfies readonly Dimension[];

/** The dimension names that an operation accepts. */
export interface Scope {
  readonly dimensions: readonly Dimension[];
}

/** Returns the value of a tag. An empty value and a missing tag are both empty, as in Cost Explorer. */
export function tagValue({ tags }: Charge, key: string): string {
  return (Object.hasOwn(tags, key) && tags[key]) || '';
}
