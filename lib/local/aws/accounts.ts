import type { Bill, MemberAccount } from '../bill/bill';

/** What each account owns, by its id: that of the bill, and its organization's members. */
export type Accounts = ReadonlyMap<string, MemberAccount>;

export function accountsOf(bill: Bill): Accounts {
  const own = { ...bill, name: bill.accountName };
  return new Map([own, ...bill.members].map((account) => [account.accountId, account]));
}

/** Throws a RangeError that names who asks for an account that the bill does not have. */
export function checkAccount(accounts: Accounts, accountId: string, who: string): void {
  if (!accounts.has(accountId))
    throw new RangeError(`${who}: expected one of ${[...accounts.keys()].join(', ')}, got ${accountId}`);
}
