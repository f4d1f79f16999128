/** Where a resource is. */
export interface Place {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
}

/** The ARN that the Tagging API knows a resource of Cost Explorer by, or undefined where its id is of no known kind. */
export function resourceArn(id: string, place: Place): string | undefined {
  return IDS.find(({ pattern }) => pattern.test(id))?.arn(id, place);
}

/** The service that an ARN names: `ec2`, `s3`, …; `unknown` without one. */
export function serviceOf(arn: string | undefined): string {
  return arn?.split(':')[2] || 'unknown';
}

/** How Cost Explorer says resource ids, most telling first: a bucket name is whatever else could be one. */
const IDS: readonly { pattern: RegExp; arn: (id: string, place: Place) => string }[] = [
  { pattern: /^arn:/, arn: (id) => id },
  { pattern: /^i-[0-9a-f]+$/, arn: ec2('instance') },
  { pattern: /^vol-[0-9a-f]+$/, arn: ec2('volume') },
  { pattern: /^snap-[0-9a-f]+$/, arn: ec2('snapshot') },
  { pattern: /^nat-[0-9a-f]+$/, arn: ec2('natgateway') },
  { pattern: /^eni-[0-9a-f]+$/, arn: ec2('network-interface') },
  {
    pattern: /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
    arn: (id, { partition }) => `arn:${partition}:s3:::${id}`,
  },
];

function ec2(type: string) {
  return (id: string, { partition, region, accountId }: Place) =>
    `arn:${partition}:ec2:${region}:${accountId}:${type}/${id}`;
}
