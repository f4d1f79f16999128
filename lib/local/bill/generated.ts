import { REGIONS } from '../../../lambdas/catalog/regions';
import { Mistake } from '../../mistake';
import { usdOfDay } from './amount';
import { BILL_ACCOUNT_ID, type Bill, type Charge, HOME_OF_GLOBAL, type TaggedResource } from './bill';
import { addDays, dayOf } from './day';
import { type CostLine, costLines } from './generated-lines';
import { generateUsers } from './generated-users';
import { type Random, seeded } from './random';

export interface GeneratedBillOptions {
  /** A whole number: the same options make the same bill. */
  readonly seed: number;
  /** IAM users; most of them own resources. */
  readonly users: number;
  /** How many Regions have cost, besides `global` and `NoRegion`: 1 to `GENERATED_REGIONS.length`, in its order. */
  readonly regions: number;
  /** Spread over the Regions, so that with as many resources as Regions every owner has cost in each. */
  readonly resourcesPerUser: number;
  /** Key of the tag that names the owner. */
  readonly ownerTag: string;
  /** Whole UTC days of charges: those before `asOf`'s midnight. */
  readonly days: number;
  readonly asOf: Date;
  /** @default BILL_ACCOUNT_ID */
  readonly accountId?: string;
}

const BUSY_REGIONS = [
  'eu-west-1',
  'us-east-1',
  'eu-central-1',
  'us-west-2',
  'ap-southeast-1',
  'ap-northeast-1',
];
const OTHER_PARTITIONS = /^(cn|us-gov|us-iso|eu-iso|eusc)/;

/** The Regions of a generated bill: those that many accounts use, then the others of the aws partition. */
export const GENERATED_REGIONS: readonly string[] = [
  ...BUSY_REGIONS,
  ...REGIONS.filter((region) => !BUSY_REGIONS.includes(region) && !OTHER_PARTITIONS.test(region)),
];

/**
 * The bill of an account that does not exist, with everything that makes real ones hard: owners who left, untagged spend,
 * charges without a resource or a Region, credits and refunds.
 * @throws Mistake when a number is out of its bounds.
 */
export function generateBill(options: GeneratedBillOptions): Bill {
  checkBounds(options);
  const { seed, asOf, ownerTag, resourcesPerUser, accountId = BILL_ACCOUNT_ID } = options;
  const random = seeded(seed);
  const users = generateUsers(random, { count: options.users, accountId, asOf });
  const lines = costLines(random, {
    owners: [...users.owners.map(({ userName }) => userName), users.departedOwner],
    creators: [
      ...users.owners.slice(0, 1).map(({ userId, userName }) => `IAMUser:${userId}:${userName}`),
      'AssumedRole : AROAEXAMPLEDEPLOYROLE : ci-1',
      'IAMUser:AIDAEXAMPLEWHOHASLEFT:somebody',
      'AssumedRole:AROAEXAMPLEDEPLOYROLE:ci-2',
    ],
    regions: GENERATED_REGIONS.slice(0, options.regions),
    days: daysBefore(asOf, options.days),
    accountId,
    ownerTag,
    resourcesPerUser,
  });
  return {
    accountId,
    asOf,
    charges: lines.flatMap((line) => chargesOf(line, random)),
    users: [...users.owners, ...users.idle],
    resources: lines.flatMap(inventoryOf),
    notes: [],
  };
}

const LEAST = { seed: 0, users: 0, regions: 1, resourcesPerUser: 0, days: 1 } as const;

function checkBounds(options: GeneratedBillOptions): void {
  for (const [name, least] of Object.entries(LEAST) as [keyof typeof LEAST, number][]) {
    const most = name === 'regions' ? GENERATED_REGIONS.length : Number.MAX_SAFE_INTEGER;
    const value = options[name];
    if (!Number.isInteger(value) || value < least || value > most)
      throw new Mistake(
        `generated bill: expected ${name} to be a whole number from ${least} to ${most}, got ${value}`,
      );
  }
}

/** Oldest first. */
function daysBefore(asOf: Date, days: number): string[] {
  const today = dayOf(asOf);
  return Array.from({ length: days }, (_, index) => addDays(today, index - days));
}

function chargesOf({ days, price, arn: _, ...charge }: CostLine, random: Random): Charge[] {
  return days.map((day) => ({ ...charge, day, usd: usdOfDay(random, price) }));
}

/** The Tagging API knows what has a tag of ours, and nothing else: AWS's own are in the bill alone. */
function inventoryOf({ arn, region, ...line }: CostLine): TaggedResource[] {
  const tags = Object.fromEntries(Object.entries(line.tags).filter(([key]) => !key.startsWith('aws:')));
  if (arn === undefined || Object.keys(tags).length === 0) return [];
  return [{ arn, region: region === 'global' ? HOME_OF_GLOBAL : region, tags }];
}
