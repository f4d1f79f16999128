import * as path from 'node:path';
import { RESOURCE_COSTS_ACTION } from '../../lambdas/catalog/actions';
import { checkInput } from '../../lambdas/catalog/check-input';
import { ownSchema, SETTINGS_VARIABLE } from '../../lambdas/catalog/function-settings';
import { LEDGER_VARIABLE } from '../../lambdas/catalog/ledger';
import type { Settings, SettingsInput } from '../../lambdas/catalog/settings';
import type { SinkSettings } from '../../lambdas/catalog/sink-settings';
import { SettingsError } from '../config';
import { PACKAGE_FOLDER } from '../package-folder';
import { UserError } from '../user-error';
import type { BundledFeatures } from './bundling';
import type { LedgerTable } from './ledger-table';

/** The settings that every collector's function reads. Only `sinks` is required. */
export type CollectorSettings = Required<Pick<SettingsInput, 'sinks'>> &
  Pick<SettingsInput, 'deployment' | 'members'>;

/** @throws SettingsError for settings that the function would refuse. */
export function demandSettings({ sinks, deployment, members }: CollectorSettings, where: string): void {
  const { problems } = checkInput(ownSchema(), { sinks, deployment, members });
  if (problems) throw new SettingsError(where, problems);
}

interface CollectorFunction {
  readonly entry: string;
  readonly settings: Partial<Settings>;
  readonly actions: readonly string[];
  readonly ledger: LedgerTable | false;
}

/** The permissions and the features that follow from a function's settings. */
interface Needs {
  /** Secrets that the function may read. */
  readonly secretArns: readonly string[];
  /** Workspaces of Amazon Managed Service for Prometheus that the function may write to. */
  readonly workspaceArns: readonly string[];
  /** Roles of other accounts that the function may assume. */
  readonly memberRoleArns: readonly string[];
  readonly features: BundledFeatures;
}

/** Returns what a function needs. It may read only the secrets of its settings and enter only their members. */
export function needsOf({ entry, settings, actions, ledger }: CollectorFunction): Needs {
  const secretArns = secretArnsIn(settings);
  const memberRoleArns = (settings.members ?? []).map(({ roleArn }) => roleArn);
  return {
    secretArns,
    workspaceArns: (settings.sinks ?? []).flatMap((sink) =>
      'workspaceArn' in sink ? (sink.workspaceArn ?? []) : [],
    ),
    memberRoleArns,
    features: {
      ledger: ledger !== false,
      members: memberRoleArns.length > 0,
      ...sinkFeatures(settings.sinks ?? []),
      resourceCosts: actions.includes(RESOURCE_COSTS_ACTION),
      secrets: secretArns.length > 0,
      summaries: !path.resolve(entry).startsWith(path.join(PACKAGE_FOLDER, 'lambdas')),
      xc3: settings.metricProfile === 'xc3',
    },
  };
}

function sinkFeatures(sinks: readonly SinkSettings[]) {
  return {
    proxy: sinks.some((sink) => 'proxyUrl' in sink),
    remoteWrite: sinks.some(({ type }) => type === 'remote-write'),
    tls: sinks.some((sink) => 'tlsSecretArn' in sink),
  };
}

function secretArnsIn(settings: object): string[] {
  return Object.entries(settings).flatMap(([key, value]) => {
    if (key.endsWith('SecretArn')) return [String(value)];
    return typeof value === 'object' && value !== null ? secretArnsIn(value) : [];
  });
}

interface Environment {
  readonly collector: string;
  readonly settings: object;
  readonly ledger: LedgerTable | false;
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * Returns the environment variables of a function.
 * @throws UserError if they are longer than Lambda allows.
 */
export function functionEnvironment({
  collector,
  settings,
  ledger,
  environment,
}: Environment): Record<string, string> {
  const own = { [SETTINGS_VARIABLE]: JSON.stringify(settings), ...environment };
  const bytes = Buffer.byteLength(Object.entries(own).flat().join('')) + (ledger ? LEDGER_BYTES : 0);
  if (bytes <= ENVIRONMENT_BYTES) return { ...own, ...(ledger && { [LEDGER_VARIABLE]: ledger.ref }) };
  throw new UserError(
    `${collector}: expected settings of at most ${ENVIRONMENT_BYTES} bytes, which is Lambda's limit for environment variables, got ${bytes}; shorten sinks, members or accountNames`,
  );
}

/** AWS Lambda's quota for all environment variables of a function together. */
const ENVIRONMENT_BYTES = 4096;

/** Bytes of the ledger's variable with the longest name of a table that CloudFormation may choose. */
const LEDGER_BYTES = Buffer.byteLength(LEDGER_VARIABLE) + 255;
