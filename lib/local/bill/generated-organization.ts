import type { Organization, OrganizationAccount } from './bill';

/** Returns the first `count` member accounts. */
export function memberAccounts(count: number): OrganizationAccount[] {
  return Array.from({ length: count }, (_, index) => ({
    id: memberId(index),
    name: `${MEMBER_NAMES[index % MEMBER_NAMES.length]}${index < MEMBER_NAMES.length ? '' : ` ${index + 1}`}`,
    state: 'ACTIVE',
  }));
}

const MEMBER_NAMES = [
  'Data Platform',
  'Web Shop',
  'Sandbox',
  'Machine Learning',
  'Security & Audit',
] as const;

/** The count of numbers before the pattern repeats. */
const PATTERNS = 7;

/** Returns 222233334444, 333344445555 and so on; numbers after 888899990000 have no pattern. */
function memberId(index: number): string {
  if (index >= PATTERNS) return String(600_000_000_000 + index);
  return [2, 3, 4].map((digit) => String((digit + index) % 10).repeat(4)).join('');
}

/** Returns an organization of the management account, its members and one closed account; undefined without members. */
export function organizationOf(
  management: OrganizationAccount,
  members: readonly OrganizationAccount[],
): Organization | undefined {
  if (members.length === 0) return undefined;
  return { managementAccountId: management.id, accounts: [management, ...members, CLOSED] };
}

const CLOSED: OrganizationAccount = { id: '999900001111', name: 'Retired Lab', state: 'CLOSED' };
