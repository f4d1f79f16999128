import type { IamUser } from './bill';
import { before } from './generated-past';
import type { Random } from './random';

interface GeneratedUsers {
  /** Users whose names are values of the owner tag. */
  readonly owners: readonly IamUser[];
  /** Users that exist and own nothing. */
  readonly idle: readonly IamUser[];
  /** The owner tag's value of a deleted user. */
  readonly departedOwner: string;
}

interface GeneratedUsersOptions {
  readonly count: number;
  readonly accountId: string;
  readonly asOf: Date;
}

/**
 * Returns users with names that are unique ignoring case, as IAM requires. One in twenty owns nothing; of two or more
 * users, at least one.
 */
export function generateUsers(
  random: Random,
  { count, accountId, asOf }: GeneratedUsersOptions,
): GeneratedUsers {
  const idleCount = count < 2 ? 0 : Math.ceil(count / 20);
  const uniqueName = uniqueNames(random);
  const user = (style: NameStyle) => generateUser(random, { style, uniqueName, accountId, asOf });
  return {
    owners: Array.from({ length: count - idleCount }, (_, index) =>
      user(OWNER_STYLES[index % OWNER_STYLES.length] ?? dotted),
    ),
    idle: Array.from({ length: idleCount }, () => user(comma)),
    departedOwner: uniqueName(dotted),
  };
}

type NameStyle = (first: string, last: string) => string;

const dotted: NameStyle = (first, last) => `${first}.${last}`.toLowerCase();

/** A tag's value cannot hold a comma, so a user with this name owns nothing. */
const comma: NameStyle = (first, last) => `${last},${first}`;

/** Styles whose characters are valid in IAM user names and in tag values. */
const OWNER_STYLES: readonly NameStyle[] = [
  dotted,
  (first, last) => `${first}.${last}@example.com`.toLowerCase(),
  (first, last) => `${first}${last}`,
  (first, last) => `${first}_${last}`.toLowerCase(),
  (first, last) => `${first}-${last}`.toLowerCase(),
  (first, last) => `${first}+${last}@example.com`.toLowerCase(),
  (first, last) => `team=${first}-${last}`.toLowerCase(),
];

// biome-ignore format: one name per line would fill a page
const FIRST_NAMES = [
  'Ada', 'Amir', 'Ana', 'Ben', 'Chidi', 'Dana', 'Elif', 'Emil', 'Fatima', 'Goran',
  'Hana', 'Igor', 'Ines', 'Jonas', 'Kofi', 'Lena', 'Liam', 'Mei', 'Milan', 'Nadia',
  'Noor', 'Olga', 'Pablo', 'Priya', 'Rosa', 'Sam', 'Tariq', 'Uma', 'Wei', 'Zoe',
] as const;

// biome-ignore format: one name per line would fill a page
const LAST_NAMES = [
  'Adeyemi', 'Bauer', 'Castro', 'Dubois', 'Eriksen', 'Fischer', 'Garcia', 'Haddad', 'Ivanova', 'Jansen',
  'Kim', 'Lopez', 'Meyer', 'Nguyen', 'Okafor', 'Petrov', 'Quinn', 'Rossi', 'Silva', 'Tanaka',
  'Ueda', 'Varga', 'Weber', 'Yilmaz', 'Zhang',
] as const;

/** Returns names of people. A repeated name gets a 2. */
function uniqueNames(random: Random): (style: NameStyle) => string {
  const taken = new Set<string>();
  return (style) => {
    const [first, last] = [random.pick(FIRST_NAMES), random.pick(LAST_NAMES)];
    let name = style(first, last);
    for (let number = 2; taken.has(name.toLowerCase()); number += 1) name = style(first, `${last}${number}`);
    taken.add(name.toLowerCase());
    return name;
  };
}

const PATHS = [
  '/',
  '/',
  '/engineering/',
  '/engineering/platform/',
  '/research/data/',
  '/automation/',
] as const;

interface UserOptions {
  readonly style: NameStyle;
  readonly uniqueName: (style: NameStyle) => string;
  readonly accountId: string;
  readonly asOf: Date;
}

function generateUser(random: Random, { style, uniqueName, accountId, asOf }: UserOptions): IamUser {
  const userName = uniqueName(style);
  const path = random.pick(PATHS);
  const ageDays = 1 + random.below(5 * 365);
  const createDate = before(asOf, ageDays, random);
  const signsIn = random.below(10) < 6;
  return {
    userName,
    userId: `AIDA${random.text(17, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567')}`,
    path,
    arn: `arn:aws:iam::${accountId}:user${path}${userName}`,
    createDate,
    ...(signsIn && { passwordLastUsed: before(asOf, random.below(ageDays), random) }),
  };
}
