import { type Arn, readArn } from './arn';

/** The place of a resource. */
export type Place = Pick<Arn, 'partition' | 'region' | 'accountId'>;

/** The ARN under which the Tagging API lists a resource. */
interface ResourceArn {
  readonly arn: string;
  /** False if the id may be of another kind: any lower-case name may be the name of a bucket. */
  readonly certain: boolean;
}

/** Returns the ARN for an id of Cost Explorer; undefined if the id is of no known kind. */
export function resourceArn(id: string, place: Place): ResourceArn | undefined {
  const kind = KINDS.find(({ pattern }) => pattern.test(id));
  return kind && { arn: kind.arn(id, place), certain: kind.certain };
}

/** Returns the service of an ARN, such as `ec2`, or `unknown` for a string that is not an ARN. */
export function serviceOf(arn: string): string {
  return readArn(arn)?.service ?? 'unknown';
}

interface Kind {
  readonly pattern: RegExp;
  readonly certain: boolean;
  readonly arn: (id: string, place: Place) => string;
}

/** The formats of resource ids in Cost Explorer; the first that matches counts. */
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
