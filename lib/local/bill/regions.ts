import { REGIONS } from '../../../lambdas/catalog/regions';

const OTHER_PARTITIONS = /^(cn|us-gov|us-iso|eu-iso|eusc)/;

/** The Regions of the aws partition. */
export const AWS_REGIONS: readonly string[] = REGIONS.filter((region) => !OTHER_PARTITIONS.test(region));

/** Those of them that every account has; it must switch on the others. */
// biome-ignore format: one Region a line would be a page of them
export const OPEN_REGIONS: readonly string[] = [
  'ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-south-1', 'ap-southeast-1', 'ap-southeast-2',
  'ca-central-1', 'eu-central-1', 'eu-north-1', 'eu-west-1', 'eu-west-2', 'eu-west-3', 'sa-east-1',
  'us-east-1', 'us-east-2', 'us-west-1', 'us-west-2',
];
