import { Annotations, Stack, type StackProps } from 'aws-cdk-lib';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { actionsOf, RESOURCE_COSTS_ACTION } from '../../lambdas/catalog/actions';
import type { CollectorName } from '../../lambdas/catalog/collectors';
import { functionSettings, SETTINGS_VARIABLE } from '../../lambdas/catalog/function-settings';
import { hasLedger, LEDGER_VARIABLE } from '../../lambdas/catalog/ledger';
import type { Settings, SettingsInput } from '../../lambdas/catalog/settings';
import type { SinkSettings } from '../../lambdas/catalog/sink-settings';
import { deprecations, readSettings } from '../config';
import { LedgerTable } from '../constructs/ledger-table';
import { ScheduledCollector } from '../constructs/scheduled-collector';
import { deployedCollectors } from '../price';
import { UserError } from '../user-error';

/** Properties of the stack. */
export interface CollectorsStackProps extends StackProps {
  /** Only `sinks` is required; the README lists the defaults. */
  readonly settings: SettingsInput;
}

/**
 * Every collector of the catalog, each on its own schedule.
 * @throws SettingsError for settings that cannot be used.
 */
export class CollectorsStack extends Stack {
  constructor(scope: Construct, id: string, { settings: input, ...props }: CollectorsStackProps) {
    super(scope, id, { description: 'Tollgate: AWS cost as Prometheus metrics.', ...props });
    const settings = readSettings(input, `${id}, settings`);
    for (const [setting, message] of Object.entries(deprecations(input)))
      Annotations.of(this).addWarningV2(`tollgate:${setting}`, message);
    const { alarmTopicArn, logRetentionDays, hours, ...rest } = settings;
    const alarmTopic = alarmTopicArn ? Topic.fromTopicArn(this, 'AlarmTopic', alarmTopicArn) : undefined;
    const ledger = new LedgerTable(this, 'Ledger');
    for (const collector of deployedCollectors(settings)) {
      new ScheduledCollector(this, pascalCase(collector), {
        ...rest,
        collector,
        ...functionProps(collector, settings, ledger),
        hours: hours[collector],
        logRetention: logRetentionDays as RetentionDays,
        alarmTopic,
      });
    }
  }
}

/**
 * Returns the properties that follow from a function's catalog row and settings. It may read only their secrets and enter only
 * their members.
 */
function functionProps(collector: CollectorName, settings: Settings, ledger: LedgerTable) {
  const own = functionSettings(collector, settings);
  const secretArns = secretArnsIn(own);
  const actions = actionsOf(collector, own);
  const memberRoleArns = (own.members ?? []).map(({ roleArn }) => roleArn);
  return {
    environment: {
      [SETTINGS_VARIABLE]: environmentValue(collector, JSON.stringify(own)),
      ...(hasLedger(collector) && { [LEDGER_VARIABLE]: ledger.ref }),
    },
    ledgerArns: hasLedger(collector) ? [ledger.attrArn] : [],
    actions,
    secretArns,
    memberRoleArns,
    features: {
      ledger: hasLedger(collector),
      members: memberRoleArns.length > 0,
      ...sinkFeatures(own.sinks ?? []),
      resourceCosts: actions.includes(RESOURCE_COSTS_ACTION),
      secrets: secretArns.length > 0,
      xc3: own.metricProfile === 'xc3',
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

/** Returns the value unchanged. @throws UserError if it is longer than Lambda allows. */
function environmentValue(collector: CollectorName, json: string): string {
  const bytes = Buffer.byteLength(SETTINGS_VARIABLE + json) + (hasLedger(collector) ? LEDGER_BYTES : 0);
  if (bytes <= ENVIRONMENT_BYTES) return json;
  throw new UserError(
    `${collector}: expected settings of at most ${ENVIRONMENT_BYTES} bytes, which is Lambda's limit for environment variables, got ${bytes}; shorten sinks, members or accountNames`,
  );
}

/** AWS Lambda's quota for all environment variables of a function together. */
const ENVIRONMENT_BYTES = 4096;

/** Bytes of the ledger's variable with the longest name of a table that CloudFormation may choose. */
const LEDGER_BYTES = Buffer.byteLength(LEDGER_VARIABLE) + 255;

function secretArnsIn(settings: object): string[] {
  return Object.entries(settings).flatMap(([key, value]) => {
    if (key.endsWith('SecretArn')) return [String(value)];
    return typeof value === 'object' && value !== null ? secretArnsIn(value) : [];
  });
}

/** Returns `UserCosts` for `user-costs`. Construct ids are a contract and never change. */
function pascalCase(collector: CollectorName): string {
  return collector.replace(/(^|-)(\w)/g, (_, __, letter: string) => letter.toUpperCase());
}
