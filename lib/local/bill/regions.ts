import { REGIONS } from '../../../lambdas/catalog/regions';

const OTHER_PARTITIONS = /^(cn|us-gov|us-iso|eu-iso|eusc)/;

/** The Regions of the partition `aws`. */
export const AWS_REGIONS: readonly string[] = REGIONS.filter((region) => !OTHER_PARTITIONS.test(region));

/** The Regions that are on in every account; the others are opt-in. */
// biome-ignore format: one Region per line would fill a page
export const OPEN_REGIONS: readonly string[] = [
  'ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-south-1', 'ap-southeast-1', 'ap-southeast-2',
  'ca-central-1', 'eu-central-1', 'eu-north-1', 'eu-west-1', 'eu-west-2', 'eu-west-3', 'sa-east-1',
  'us-east-1', 'us-east-2', 'us-west-1', 'us-west-2',
];
