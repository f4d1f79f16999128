import { usdOfDay } from './amount';
import { type Charge, HOME_OF_GLOBAL, type MemberAccount, type TaggedResource } from './bill';
import { daysFrom } from './day';
import { history } from './generated-history';
import { type CostLine, costLines } from './generated-lines';
import { generateInstances, generateRoles } from './generated-roles';
import { savingsPlan } from './generated-savings-plan';
import { generateUsers } from './generated-users';
import { type Random, seeded } from './random';

/** The size of a generated account and its days. */
export interface GeneratedAccountOptions {
  readonly accountId: string;
  readonly seed: number;
  readonly users: number;
  readonly regions: readonly string[];
  readonly resourcesPerUser: number;
  readonly ownerTag: string;
  readonly projectTag: string;
  readonly asOf: Date;
  /** The days of charges, YYYY-MM-DD: from `since` without detail, from `detailedSince` with detail, up to `end`. */
  readonly since: string;
  readonly detailedSince: string;
  readonly end: string;
}

interface GeneratedAccount extends Omit<MemberAccount, 'name' | 'state'> {
  readonly charges: readonly Charge[];
}

/** Generates one account with every difficulty of real ones. */
export function generateAccount(options: GeneratedAccountOptions): GeneratedAccount {
  const { accountId, asOf, seed, regions, since, detailedSince, end } = options;
  const random = seeded(seed);
  const details = seeded(seed ^ DETAILS);
  const users = generateUsers(random, { count: options.users, accountId, asOf });
  const lines = costLines({ random, details }, costLinesOptions(options, users));
  const charges = lines.flatMap((line) => chargesOf(line, { accountId, random }));
  const roles = generateRoles(details, options);
  const [region = ''] = regions;
  return {
    accountId,
    charges: [
      ...history(details, lines, { accountId, days: daysFrom(since, detailedSince) }),
      ...charges,
      ...savingsPlan(details, { accountId, region, days: daysFrom(since, end) }),
    ],
    users: [...users.owners, ...users.idle],
    resources: lines.flatMap(inventoryOf),
    roles,
    instances: generateInstances(details, lines, roles),
  };
}

/** Separates the second sequence of choices from the first, which chooses names and prices. */
const DETAILS = 0x5e_ed_ba_5e;

function costLinesOptions(
  { regions, detailedSince, end, ...rest }: GeneratedAccountOptions,
  { owners, departedOwner }: ReturnType<typeof generateUsers>,
) {
  return {
    ...rest,
    regions,
    days: daysFrom(detailedSince, end),
    owners: [...owners.map(({ userName }) => userName), departedOwner],
    creators: [
      ...owners.slice(0, 1).map(({ userId, userName }) => `IAMUser:${userId}:${userName}`),
      'AssumedRole : AROAEXAMPLEDEPLOYROLE : ci-1',
      'IAMUser:AIDAEXAMPLEWHOHASLEFT:somebody',
      'AssumedRole:AROAEXAMPLEDEPLOYROLE:ci-2',
    ],
  };
}

function chargesOf(
  { days, price, arn: _, ...charge }: CostLine,
  { accountId, random }: { accountId: string; random: Random },
): Charge[] {
  return days.map((day) => {
    const usd = usdOfDay(random, price);
    return { ...charge, accountId, day, usd, effectiveUsd: usd };
  });
}

/** Returns the resource as the Tagging API lists it, with the account's own tags. AWS's tags are only in the bill. */
function inventoryOf({ arn, region, ...line }: CostLine): TaggedResource[] {
  const tags = Object.fromEntries(Object.entries(line.tags).filter(([key]) => !key.startsWith('aws:')));
  if (arn === undefined || Object.keys(tags).length === 0) return [];
  return [{ arn, region: region === 'global' ? HOME_OF_GLOBAL : region, tags }];
}
