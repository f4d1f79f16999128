import type { Settings, SettingsInput } from '../../lambdas/catalog/settings';
import type { SinkSettings } from '../../lambdas/catalog/sink-settings';
import { readSettings, SettingsError } from '../config';
import type { Bill } from './bill/bill';
import type { DemoOptions } from './demo-options';
import { FlagError } from './flag-error';
import { cdkContext } from './synthesise';

interface DemoUrls {
  /** @default the functions print what they would push */
  readonly gateway?: string;
  /** The Prometheus that the digest reads. @default no digest is sent */
  readonly prometheus?: string;
}

/** The settings of a demo with their defaults. */
export interface DemoSettings extends Settings {
  /** The `tollgate` object that the app is given. */
  readonly raw: Pick<Settings, 'sinks' | 'members'>;
}

/**
 * Returns the settings of cdk.json, overridden by the flags, the servers on this machine and the accounts of the bill.
 * @throws FlagError that names each flag whose value the settings refuse.
 */
export function demoSettings(
  options: DemoOptions,
  { gateway, prometheus }: DemoUrls,
  bill?: Bill,
): DemoSettings {
  const own = cdkContext().tollgate as Partial<SettingsInput> | undefined;
  const profile = options.metricProfile ?? own?.metricProfile;
  const raw = {
    ...own,
    ...flagged(options),
    ...(bill && ofBill(options, bill)),
    digest: prometheus && profile !== 'xc3' ? digestSettings(own, prometheus) : undefined,
    pushgateway: undefined,
    sinks: [sinkAt(gateway)],
  };
  return { ...read(raw, options), raw };
}

function sinkAt(url: string | undefined): SinkSettings {
  return url === undefined ? { type: 'stdout' } : { type: 'pushgateway', url };
}

/** Returns the digest's own settings with the Prometheus and the secret of this machine. */
function digestSettings(own: Partial<SettingsInput> | undefined, prometheusUrl: string) {
  return {
    format: 'slack',
    ...own?.digest,
    prometheusUrl,
    prometheusHeadersSecretArn: undefined,
    webhookSecretArn: WEBHOOK,
  };
}

/** The ARN of the secret that holds the URL of the digest's receiver. */
export const WEBHOOK = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:webhook-AbCdEf';

interface SettingsFlag {
  readonly flag: string;
  readonly option: keyof DemoOptions;
  readonly setting: keyof Settings;
}

const FLAGS: readonly SettingsFlag[] = [
  { flag: '--owner-tag', option: 'ownerTag', setting: 'ownerTag' },
  { flag: '--attribution', option: 'attribution', setting: 'attribution' },
  { flag: '--lookback', option: 'lookback', setting: 'costDays' },
  { flag: '--max-series', option: 'maxSeries', setting: 'maxSeries' },
  { flag: '--max-requests', option: 'maxRequests', setting: 'maxRequests' },
  { flag: '--metric-profile', option: 'metricProfile', setting: 'metricProfile' },
];

function flagged(options: DemoOptions): Record<string, unknown> {
  return Object.fromEntries(givenFlags(options).map(({ setting, option }) => [setting, options[option]]));
}

function givenFlags(options: DemoOptions): SettingsFlag[] {
  return FLAGS.filter(({ option }) => options[option] !== undefined);
}

function read(raw: unknown, options: DemoOptions): Settings {
  try {
    return readSettings(raw);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    const problems = error.problems.flatMap((problem) => problemOfFlag(problem, options));
    throw problems.length > 0 ? new FlagError(...problems) : error;
  }
}

/** Replaces the path of a setting, with which a problem begins, by its flag. */
function problemOfFlag(problem: string, options: DemoOptions): string[] {
  const [, path, text] = /^(\w+)[\w.]*: (.*)$/s.exec(problem) ?? [];
  return givenFlags(options).flatMap(({ flag, setting }) => (setting === path ? [`${flag}: ${text}`] : []));
}

/** Returns the settings that follow from the bill: the members' roles, and XC3's account names and usage types. */
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
