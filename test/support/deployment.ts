import { everyAction } from '../../lambdas/catalog/actions';
import type { MemberRole } from '../../lib/local/aws/server';
import { BILL_ACCOUNT_ID } from '../../lib/local/bill/bill';
import { REGION } from './functions';

export const HEADERS_SECRET = secretArn('gateway');
export const WEBHOOK_SECRET = secretArn('webhook');

/** Accounts of a generated organization. */
export const MEMBER_IDS = ['222233334444', '333344445555'] as const;

/** Settings of the app that all tests share, with every optional feature; tests switch off the features that they do not need. */
export const SETTINGS = {
  sinks: [{ type: 'pushgateway' as const, url: 'http://127.0.0.1:9', headersSecretArn: HEADERS_SECRET }],
  digest: { prometheusUrl: 'http://127.0.0.1:9', webhookSecretArn: WEBHOOK_SECRET },
  roleCosts: true,
  members: MEMBER_IDS.map((accountId) => ({ accountId, roleArn: roleArn(accountId), externalId: 'shared' })),
};

export interface MembersOptions {
  /** Accounts to enter. @default all */
  readonly accountIds?: readonly string[];
  /** External ids that roles require, if they differ from the setting. */
  readonly externalIds?: Readonly<Record<string, string>>;
}

/** Returns the setting `members` and the roles of these members. */
export function withMembers({ accountIds = MEMBER_IDS, externalIds = {} }: MembersOptions = {}) {
  const members = SETTINGS.members.filter(({ accountId }) => accountIds.includes(accountId));
  const memberRoles: MemberRole[] = members.map(({ accountId, roleArn, externalId }) => ({
    roleArn,
    externalId: externalIds[accountId] ?? externalId,
    actions: everyAction(),
  }));
  return { memberRoles, settings: { members } };
}

function roleArn(accountId: string): string {
  return `arn:aws:iam::${accountId}:role/tollgate`;
}

function secretArn(name: string): string {
  return `arn:aws:secretsmanager:${REGION}:${BILL_ACCOUNT_ID}:secret:${name}-a1b2c3`;
}
