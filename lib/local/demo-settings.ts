import type { Settings } from '../../lambdas/catalog/settings';
import { readSettings } from '../config';
import type { Bill } from './bill/bill';
import type { DemoOptions } from './demo-options';
import { cdkContext } from './synthesise';

export interface DemoUrls {
  readonly gateway: string;
  /** Where there is one, and a receiver, the digest is sent. */
  readonly prometheus?: string;
}

export interface DemoSettings extends Settings {
  /** The object as the app takes it. */
  readonly raw: Pick<Settings, 'pushgateway' | 'members'>;
}

/** The settings of cdk.json, with what the flags say, the servers of this machine and the accounts of the bill. */
export function demoSettings(
  options: DemoOptions,
  { gateway, prometheus }: DemoUrls,
  bill?: Bill,
): DemoSettings {
  const own = cdkContext().tollgate as Partial<Settings> | undefined;
  const raw = {
    ...own,
    ...defined(flags(options)),
    ...(bill && ofBill(options, bill)),
    digest: prometheus &&
      options.metricProfile !== 'xc3' && {
        format: 'slack',
        ...own?.digest,
        prometheusUrl: prometheus,
        prometheusHeadersSecretArn: undefined,
        webhookSecretArn: WEBHOOK,
      },
    pushgateway: { url: gateway },
  };
  return { ...readSettings(raw), raw };
}

/** Of the secret that holds the URL of the receiver on this machine. */
export const WEBHOOK = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:webhook-AbCdEf';

function flags({ ownerTag, attribution, lookback, maxSeries, maxRequests, metricProfile }: DemoOptions) {
  return { ownerTag, attribution, costDays: lookback, maxSeries, maxRequests, metricProfile };
}

/** Members are entered by a role each; XC3's names of accounts and its usage types are those of the bill. */
function ofBill({ metricProfile }: DemoOptions, { members, accountId, accountName, charges }: Bill) {
  const projects = new Set(charges.flatMap(({ tags }) => tags.Project ?? []));
  return {
    ...(members.length > 0 && { members: members.map((member) => memberSettings(member.accountId)) }),
    ...(metricProfile === 'xc3' && {
      accountNames: { [accountId]: accountName },
      projectUsageTypes: [...projects].sort(),
    }),
  };
}

function memberSettings(accountId: string) {
  return { accountId, roleArn: `arn:aws:iam::${accountId}:role/tollgate`, externalId: 'tollgate-demo' };
}

function defined(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
