/** Where a resource is. */
export interface Place {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
}

/** The ARN that the Tagging API knows a resource by, from its id in Cost Explorer. */
export interface ResourceArn {
  readonly arn: string;
  /** False where the id only could be of that kind: any lower-case name could be a bucket's. */
  readonly certain: boolean;
}

/** Undefined where the id is of no known kind. */
export function resourceArn(id: string, place: Place): ResourceArn | undefined {
  const kind = KINDS.find(({ pattern }) => pattern.test(id));
  return kind && { arn: kind.arn(id, place), certain: kind.certain };
}

/** The service that an ARN names: `ec2`, `s3`, … */
export function serviceOf(arn: string): string {
  return arn.split(':')[2] || 'unknown';
}

interface Kind {
  readonly pattern: RegExp;
  readonly certain: boolean;
  readonly arn: (id: string, place: Place) => string;
}

/** How Cost Explorer says resource ids, the surest first. */
const KINDS: readonly Kind[] = [
  { pattern: /^arn:/, certain: true, arn: (id) => id },
  ec2('i', 'instance'),
  ec2('vol', 'volume'),
  ec2('snap', 'snapshot'),
  ec2('nat', 'natgateway'),
  ec2('eni', 'network-interface'),
  {
    pattern: /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
    certain: false,
    arn: (id, { partition }) => `arn:${partition}:s3:::${id}`,
  },
];

function ec2(prefix: string, type: string): Kind {
  return {
    pattern: new RegExp(`^${prefix}-[0-9a-f]+$`),
    certain: true,
    arn: (id, { partition, region, accountId }) =>
      `arn:${partition}:ec2:${region}:${accountId}:${type}/${id}`,
  };
}
