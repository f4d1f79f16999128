import type { Bill, MemberAccount } from '../bill/bill';

/** Accounts by id: the bill's own account and the members of its organization. */
export type Accounts = ReadonlyMap<string, MemberAccount>;

/** Returns the accounts of a bill. */
export function accountsOf(bill: Bill): Accounts {
  const own = { ...bill, name: bill.accountName };
  return new Map([own, ...bill.members].map((account) => [account.accountId, account]));
}

/** Throws a RangeError that names `who` when the bill does not have the account. */
export function checkAccount(accounts: Accounts, accountId: string, who: string): void {
  if (!accounts.has(accountId))
    throw new RangeError(`${who}: expected one of ${[...accounts.keys()].join(', ')}, got ${accountId}`);
}
