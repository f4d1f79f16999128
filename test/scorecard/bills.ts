import Big from 'big.js';
import { BILL_ACCOUNT_ID, type Bill, type Charge, type IamUser } from '../../lib/local/bill/bill';
import { addDays, dayOf } from '../../lib/local/bill/day';
import { type GeneratedBillOptions, generateBill } from '../../lib/local/bill/generated';
import { chargeOf, emptyBill } from '../support/bill';

export const NOON = new Date('2026-03-15T12:00:00Z');
export const COMPUTE = 'Amazon Elastic Compute Cloud - Compute';

/** Full UTC days in the deployed cost window. */
const DAYS = 14;

/** A bill with users in two Regions and everything that makes bills hard. It is as short as the cost window, to save time. */
export function smallBill(different: Partial<GeneratedBillOptions> = {}): Bill {
  return generateBill({
    seed: 1,
    users: 6,
    regions: 2,
    resourcesPerUser: 3,
    ownerTag: 'Owner',
    days: DAYS + 2,
    months: 0,
    asOf: NOON,
    ...different,
  });
}

/** Returns a bill with only these charges. */
export function billOf(charges: readonly Partial<Charge>[], different: Partial<Bill> = {}): Bill {
  return emptyBill({
    asOf: NOON,
    charges: charges.map((charge) => chargeOf({ resourceId: 'i-0a1', ...charge })),
    ...different,
  });
}

export function ownedBy(userName: string): Pick<Charge, 'tags'> {
  return { tags: { Owner: userName } };
}

export function iamUser(userName: string, userId = `AIDA${userName.toUpperCase()}`): IamUser {
  const arn = `arn:aws:iam::${BILL_ACCOUNT_ID}:user/${userName}`;
  return { userName, userId, path: '/', arn, createDate: new Date('2025-01-01T00:00:00Z') };
}

/** Returns the exact sum of the cost window that a run at `at` requests, for one Region or for all. */
export function windowTotal(
  { charges, asOf }: Bill,
  { at = asOf, region, days = DAYS }: { at?: Date; region?: string; days?: number } = {},
): Big {
  const end = dayOf(at);
  const start = addDays(end, -days);
  return charges
    .filter(({ day }) => start <= day && day < end)
    .filter((charge) => region === undefined || charge.region === region)
    .reduce((sum, { usd }) => sum.plus(usd), new Big(0));
}
