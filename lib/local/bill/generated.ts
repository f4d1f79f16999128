import { UserError } from '../../user-error';
import { BILL_ACCOUNT_ID, type Bill } from './bill';
import { addDays, dayOf, firstOfMonth } from './day';
import { type GeneratedAccountOptions, generateAccount } from './generated-account';
import { memberAccounts, organizationOf } from './generated-organization';
import { AWS_REGIONS, OPEN_REGIONS } from './regions';

/** The size of a generated bill and the keys of its tags. */
export interface GeneratedBillOptions {
  /** A whole number. The same options generate the same bill. */
  readonly seed: number;
  /** IAM users. Most of them own resources. */
  readonly users: number;
  /** Regions with cost besides `global` and `NoRegion`: the first of GENERATED_REGIONS. */
  readonly regions: number;
  /** Resources of a user, spread over the Regions: with as many resources as Regions, every owner has cost in each. */
  readonly resourcesPerUser: number;
  /** The tag key that names the owner. */
  readonly ownerTag: string;
  /** Full UTC days of charges before `asOf`'s midnight. */
  readonly days: number;
  /**
   * Before these days, charges without resource and owner go back to the first day of this many months ago: 0 to 38.
   * @default 13
   */
  readonly months?: number;
  readonly asOf: Date;
  /** @default BILL_ACCOUNT_ID */
  readonly accountId?: string;
  /** The tag key that names the project. @default 'Project' */
  readonly projectTag?: string;
  /** Small accounts of an organization whose management account is this one. @default 0: no organization */
  readonly members?: number;
}

const BUSY_REGIONS = [
  'eu-west-1',
  'us-east-1',
  'eu-central-1',
  'us-west-2',
  'ap-southeast-1',
  'ap-northeast-1',
];

/** The Regions of a generated bill: frequently used ones first, then the others of the partition `aws`. */
export const GENERATED_REGIONS: readonly string[] = [
  ...BUSY_REGIONS,
  ...AWS_REGIONS.filter((region) => !BUSY_REGIONS.includes(region)),
];

/**
 * Generates the bill of a fictitious account with every difficulty of real bills: owners who left, untagged spend,
 * charges without a resource or a Region, credits and refunds.
 * @throws UserError when a number is out of bounds.
 */
export function generateBill(given: GeneratedBillOptions): Bill {
  const options = complete(given);
  checkBounds(options);
  const { accountId, asOf, ...world } = accountOptions(options);
  const own = generateAccount({ accountId, asOf, ...world });
  const management = { id: accountId, name: ACCOUNT_NAME, state: 'ACTIVE' } as const;
  const listed = memberAccounts(options.members);
  const members = listed.map(({ id, name, state }, index) => ({
    name,
    state,
    ...generateAccount({ ...smallWorld(world, index), asOf, accountId: id }),
  }));
  return {
    ...own,
    accountName: management.name,
    state: management.state,
    asOf,
    charges: [own, ...members].flatMap(({ charges }) => charges),
    enabledRegions: [...new Set([...OPEN_REGIONS, ...world.regions])].sort(),
    organization: organizationOf(management, listed),
    members: members.map(({ charges: _, ...member }) => member),
    notes: [],
  };
}

const ACCOUNT_NAME = 'Example Corp';

type Complete = Required<GeneratedBillOptions>;

function complete({
  months = 13,
  accountId = BILL_ACCOUNT_ID,
  projectTag = 'Project',
  members = 0,
  ...given
}: GeneratedBillOptions): Complete {
  return { ...given, months, accountId, projectTag, members };
}

function accountOptions({ days, months, regions, ...options }: Complete): GeneratedAccountOptions {
  const end = dayOf(options.asOf);
  const detailedSince = addDays(end, -days);
  const since = firstOfMonth(end, -months);
  return {
    ...options,
    regions: GENERATED_REGIONS.slice(0, regions),
    detailedSince,
    since: since < detailedSince ? since : detailedSince,
    end,
  };
}

type World = Omit<GeneratedAccountOptions, 'accountId' | 'asOf'>;

/** Gives each member account other choices. */
function smallWorld({ seed, regions, ...world }: World, index: number): World {
  return { ...world, seed: seed + 1 + index, users: 3, resourcesPerUser: 2, regions: regions.slice(0, 2) };
}

const LEAST = { seed: 0, users: 0, regions: 1, resourcesPerUser: 0, days: 1, months: 0, members: 0 } as const;

/** Cost Explorer keeps 38 months at most. */
const MOST: Readonly<Record<string, number>> = { regions: GENERATED_REGIONS.length, months: 38 };

function checkBounds(options: Complete): void {
  for (const [name, least] of Object.entries(LEAST) as [keyof typeof LEAST, number][]) {
    const most = MOST[name] ?? Number.MAX_SAFE_INTEGER;
    const value = options[name];
    if (!Number.isInteger(value) || value < least || value > most)
      throw new UserError(
        `generated bill: expected ${name} to be a whole number from ${least} to ${most}, got ${value}`,
      );
  }
}
