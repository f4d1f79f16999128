import type { IamRole, Instance } from './bill';
import type { CostLine } from './generated-lines';
import { before } from './generated-past';
import type { Random } from './random';

interface GeneratedRolesOptions {
  /** IAM users of the account; there is one role for two users. */
  readonly users: number;
  readonly regions: readonly string[];
  readonly accountId: string;
  readonly asOf: Date;
}

/** Returns roles that resources use, and roles that make inventories difficult. */
export function generateRoles(random: Random, options: GeneratedRolesOptions): IamRole[] {
  const inUse = Array.from({ length: Math.ceil(options.users / 2) }, (_, index) => ({
    ...(IN_USE[index % IN_USE.length] ?? IN_USE[0]),
    name: `${random.pick(TEAMS)}-${IN_USE[index % IN_USE.length]?.name}-${index + 1}`,
  }));
  return [...inUse, ...ODD].map((kind) => generateRole(random, kind, options));
}

/** Returns the instances among the lines; half of them use a role. */
export function generateInstances(
  random: Random,
  lines: readonly CostLine[],
  roles: readonly IamRole[],
): Instance[] {
  const profiles = roles.flatMap(({ instanceProfileArn }) => instanceProfileArn ?? []);
  return lines
    .filter(({ resourceId }) => resourceId.startsWith('i-'))
    .map(({ resourceId: instanceId, region }) => {
      const instanceProfileArn = profiles[random.below(2 * profiles.length)];
      const state = random.pick(STATES);
      return { instanceId, region, state, ...(instanceProfileArn && { instanceProfileArn }) };
    });
}

const STATES = ['running', 'running', 'running', 'stopped'] as const;

interface RoleKind {
  readonly name: string;
  readonly path: string;
  readonly trustedServices: readonly string[];
  readonly trust?: IamRole['trust'];
  /** @default used recently */
  readonly unused?: true;
}

const IN_USE: readonly [RoleKind, ...RoleKind[]] = [
  { name: 'web', path: '/', trustedServices: ['ec2.amazonaws.com'] },
  { name: 'worker', path: '/service-role/', trustedServices: ['lambda.amazonaws.com'] },
  { name: 'task', path: '/', trustedServices: ['ecs-tasks.amazonaws.com'] },
  { name: 'edge', path: '/', trustedServices: ['lambda.amazonaws.com', 'edgelambda.amazonaws.com'] },
];

const TEAMS = ['atlas', 'billing', 'search', 'checkout', 'platform'] as const;

const ALLOWED = { Effect: 'Allow', Action: 'sts:AssumeRole' } as const;
const POLICY = { Version: '2012-10-17' } as const;

/** Trust policies that IAM allows and readers forget, and roles that are never used. */
const ODD: readonly RoleKind[] = [
  {
    name: 'audit-for-everybody',
    path: '/security/',
    trustedServices: [],
    trust: { ...POLICY, Statement: [{ ...ALLOWED, Principal: '*' }] },
  },
  {
    name: 'one-statement',
    path: '/',
    trustedServices: ['lambda.amazonaws.com'],
    trust: { ...POLICY, Statement: { ...ALLOWED, Principal: { Service: 'lambda.amazonaws.com' } } },
  },
  {
    name: 'deploy-from-outside',
    path: '/automation/',
    trustedServices: [],
    trust: {
      ...POLICY,
      Statement: [{ ...ALLOWED, Principal: { AWS: ['arn:aws:iam::444455556666:root', '555566667777'] } }],
    },
  },
  { name: 'never-used', path: '/', trustedServices: ['lambda.amazonaws.com'], unused: true },
  { name: 'never-launched', path: '/', trustedServices: ['ec2.amazonaws.com'], unused: true },
];

function generateRole(
  random: Random,
  { name: roleName, path, trustedServices, trust, unused }: RoleKind,
  { accountId, asOf, regions }: GeneratedRolesOptions,
): IamRole {
  const ageDays = 30 + random.below(4 * 365);
  const iam = `arn:aws:iam::${accountId}`;
  const lastUsed = {
    date: before(asOf, random.below(30), random),
    region: regions[random.below(regions.length)] ?? '',
  };
  return {
    roleName,
    roleId: `AROA${random.text(17, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567')}`,
    path,
    arn: `${iam}:role${path}${roleName}`,
    createDate: before(asOf, ageDays, random),
    trustedServices,
    ...(!unused && { lastUsed }),
    ...(trust && { trust }),
    ...(trustedServices.includes('ec2.amazonaws.com') && {
      instanceProfileArn: `${iam}:instance-profile${path}${roleName}`,
    }),
  };
}
