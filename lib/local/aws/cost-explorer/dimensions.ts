import type { Charge } from '../../bill/bill';

type DimensionReader = (charge: Charge) => string;

/** How a charge is seen through each dimension that filters and groups may name. */
export const DIMENSIONS = {
  LINKED_ACCOUNT: ({ accountId }) => accountId,
  RECORD_TYPE: ({ recordType }) => recordType,
  REGION: ({ region }) => region,
  RESOURCE_ID: ({ resourceId }) => resourceId || 'NoResourceId',
  SERVICE: ({ service }) => service,
  USAGE_TYPE: ({ usageType }) => usageType || 'NoUsageType',
} as const satisfies Record<string, DimensionReader>;

export type Dimension = keyof typeof DIMENSIONS;

/** The dimensions of GetCostAndUsage: AWS says of the other that "Dimension RESOURCE_ID is not allowed". */
export const DIMENSIONS_WITHOUT_RESOURCE = [
  'LINKED_ACCOUNT',
  'RECORD_TYPE',
  'REGION',
  'SERVICE',
  'USAGE_TYPE',
] as const satisfies readonly Dimension[];

export const ALL_DIMENSIONS = [
  ...DIMENSIONS_WITHOUT_RESOURCE,
  'RESOURCE_ID',
] as const satisfies readonly Dimension[];

/** Which names of dimensions an operation takes. */
export interface Scope {
  readonly dimensions: readonly Dimension[];
}

/** The value of a tag; empty where the charge has no such tag, which Cost Explorer does not tell apart. */
export function tagValue({ tags }: Charge, key: string): string {
  return (Object.hasOwn(tags, key) && tags[key]) || '';
}
