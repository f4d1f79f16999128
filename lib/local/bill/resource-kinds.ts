import type { Random } from './random';

/** The names and the price of one kind of resource. */
interface ResourceKind {
  /** Cost Explorer's name of the service. */
  readonly service: string;
  /** Share of all resources, in percent. */
  readonly percent: number;
  /** Least and most cents per day. */
  readonly centsADay: readonly [number, number];
  readonly name: (random: Random) => string;
  /** Returns Cost Explorer's RESOURCE_ID. */
  readonly resourceId: (name: string, place: Place) => string;
  /** Returns the ARN in the Tagging API. */
  readonly arn: (name: string, place: Place) => string;
}

/** The account and the Region of a resource. */
export interface Place {
  readonly accountId: string;
  readonly region: string;
}

const HEX = '0123456789abcdef';
const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/** Cost Explorer names these kinds by their ARN. */
const lambdaArn = (name: string, { region, accountId }: Place) =>
  `arn:aws:lambda:${region}:${accountId}:function:${name}`;
const rdsArn = (name: string, { region, accountId }: Place) =>
  `arn:aws:rds:${region}:${accountId}:db:${name}`;

/** The first kind is by far the most frequent, as in most bills. */
export const RESOURCE_KINDS = [
  {
    service: 'Amazon Elastic Compute Cloud - Compute',
    percent: 60,
    centsADay: [12, 4_000],
    name: (random) => `i-0${random.text(16, HEX)}`,
    resourceId: (name) => name,
    arn: (name, { region, accountId }) => `arn:aws:ec2:${region}:${accountId}:instance/${name}`,
  },
  {
    service: 'EC2 - Other',
    percent: 15,
    centsADay: [1, 160],
    name: (random) => `vol-0${random.text(16, HEX)}`,
    resourceId: (name) => name,
    arn: (name, { region, accountId }) => `arn:aws:ec2:${region}:${accountId}:volume/${name}`,
  },
  {
    service: 'Amazon Simple Storage Service',
    percent: 10,
    centsADay: [0, 300],
    name: (random) => `${random.text(6, LETTERS)}-data-${random.text(8, HEX)}`,
    resourceId: (name) => name,
    arn: (name) => `arn:aws:s3:::${name}`,
  },
  {
    service: 'AWS Lambda',
    percent: 10,
    centsADay: [0, 90],
    name: (random) => `${random.text(6, LETTERS)}-worker-${random.text(4, HEX)}`,
    resourceId: lambdaArn,
    arn: lambdaArn,
  },
  {
    service: 'Amazon Relational Database Service',
    percent: 5,
    centsADay: [40, 6_000],
    name: (random) => `${random.text(6, LETTERS)}-db-${random.text(4, HEX)}`,
    resourceId: rdsArn,
    arn: rdsArn,
  },
] as const satisfies readonly ResourceKind[];

/** Chooses a kind of resource by its share. */
export function pickKind(random: Random): ResourceKind {
  let rest = random.below(100);
  for (const kind of RESOURCE_KINDS) {
    rest -= kind.percent;
    if (rest < 0) return kind;
  }
  return RESOURCE_KINDS[0];
}
