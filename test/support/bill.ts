import {
  BILL_ACCOUNT_ID,
  type Bill,
  type Charge,
  type IamRole,
  type IamUser,
  type MemberAccount,
} from '../../lib/local/bill/bill';
import { type GeneratedBillOptions, generateBill } from '../../lib/local/bill/generated';

/** Returns a small generated bill without earlier months; equal options give equal bills. */
export function billOf(different: Partial<GeneratedBillOptions> = {}): Bill {
  return generateBill({
    seed: 3,
    users: 6,
    regions: 2,
    resourcesPerUser: 2,
    ownerTag: 'Owner',
    days: 16,
    months: 0,
    asOf: new Date('2026-03-01T06:00:00Z'),
    ...different,
  });
}

/** Returns a charge of one dollar for an instance in March 2026, with the given differences. The effective cost equals the billed cost. */
export function chargeOf(different: Partial<Charge> = {}): Charge {
  return {
    accountId: BILL_ACCOUNT_ID,
    day: '2026-03-10',
    service: 'Amazon Elastic Compute Cloud - Compute',
    region: 'eu-west-1',
    resourceId: 'i-0a',
    tags: {},
    usd: '1',
    effectiveUsd: different.usd ?? '1',
    recordType: 'Usage',
    usageType: 'EU-BoxUsage:t3.micro',
    quantity: '24',
    unit: 'Hrs',
    ...different,
  };
}

/** Returns an empty account without an organization, with the given differences. */
export function emptyBill(different: Partial<Bill> = {}): Bill {
  return {
    accountId: BILL_ACCOUNT_ID,
    accountName: 'Example Corp',
    state: 'ACTIVE',
    asOf: new Date('2026-03-15T06:00:00Z'),
    charges: [],
    users: [],
    resources: [],
    roles: [],
    instances: [],
    enabledRegions: ['eu-west-1', 'us-east-1'],
    members: [],
    notes: [],
    ...different,
  };
}

export const MEMBER_ID = '222233334444';

/** Returns an empty member account, with the given differences. */
export function memberOf(different: Partial<MemberAccount> = {}): MemberAccount {
  return {
    accountId: MEMBER_ID,
    name: 'Sandbox',
    state: 'ACTIVE',
    users: [],
    resources: [],
    roles: [],
    instances: [],
    ...different,
  };
}

/** Returns a bill with a management account, one member and one closed account. */
export function organizationBill(different: Partial<Bill> = {}): Bill {
  return emptyBill({
    organization: {
      managementAccountId: BILL_ACCOUNT_ID,
      accounts: [
        { id: BILL_ACCOUNT_ID, name: 'Example Corp', state: 'ACTIVE' },
        { id: MEMBER_ID, name: 'Sandbox', state: 'ACTIVE' },
        { id: '999900001111', name: 'Retired Lab', state: 'CLOSED' },
      ],
    },
    members: [memberOf()],
    ...different,
  });
}

export function userOf(userName: string, different: Partial<IamUser> = {}): IamUser {
  return {
    userName,
    userId: `AIDA${userName.toUpperCase()}`,
    path: '/',
    arn: `arn:aws:iam::${BILL_ACCOUNT_ID}:user/${userName}`,
    createDate: new Date('2024-02-03T04:05:06Z'),
    ...different,
  };
}

/** Returns a role that Lambda may assume, with the given differences. */
export function roleOf(roleName: string, different: Partial<IamRole> = {}): IamRole {
  return {
    roleName,
    roleId: `AROA${roleName.toUpperCase()}`,
    path: '/',
    arn: `arn:aws:iam::${BILL_ACCOUNT_ID}:role/${roleName}`,
    createDate: new Date('2024-02-03T04:05:06Z'),
    trustedServices: ['lambda.amazonaws.com'],
    ...different,
  };
}
