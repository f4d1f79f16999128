import type { Cost } from './amounts';

/** The billed cost of one resource in one Region. */
export interface ResourceCost extends Cost {
  /** The id in Cost Explorer: an instance id, an ARN, a bucket name, … */
  readonly resource: string;
  readonly region: string;
}
