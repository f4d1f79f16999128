import * as path from 'node:path';
import { Annotations, Duration, Stack, type StackProps, TimeZone } from 'aws-cdk-lib';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { actionsOf } from '../../lambdas/catalog/actions';
import { COLLECTORS, type CollectorName } from '../../lambdas/catalog/collectors';
import { functionSettings } from '../../lambdas/catalog/function-settings';
import { hasLedger } from '../../lambdas/catalog/ledger';
import type { Settings, SettingsInput } from '../../lambdas/catalog/settings';
import { deprecations, readSettings } from '../config';
import { LedgerTable } from '../constructs/ledger-table';
import { ScheduledCollector, type ScheduledCollectorProps } from '../constructs/scheduled-collector';
import { PACKAGE_FOLDER } from '../package-folder';
import { deployedCollectors, retriesOf } from '../price';

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
    const { alarmTopicArn } = settings;
    const alarmTopic = alarmTopicArn ? Topic.fromTopicArn(this, 'AlarmTopic', alarmTopicArn) : undefined;
    const ledger = new LedgerTable(this, 'Ledger');
    for (const collector of deployedCollectors(settings))
      new ScheduledCollector(this, pascalCase(collector), {
        ...catalogProps(collector, settings),
        ledger: hasLedger(collector) && ledger,
        alarmTopic,
      });
  }
}

/** Returns the properties that follow from a collector's catalog row and settings. */
function catalogProps(collector: CollectorName, settings: Settings): ScheduledCollectorProps {
  const { description, memoryMb, timeoutSeconds } = COLLECTORS[collector];
  const own = { ...functionSettings(collector, settings), sinks: settings.sinks };
  return {
    collector,
    description,
    entry: path.join(PACKAGE_FOLDER, 'lambdas', 'collectors', collector, 'handler.ts'),
    settings: own,
    actions: actionsOf(collector, own),
    hours: settings.hours[collector],
    timeZone: TimeZone.of(settings.timeZone),
    memorySize: memoryMb,
    timeout: Duration.seconds(timeoutSeconds),
    retryAttempts: retriesOf(collector),
    logRetention: settings.logRetentionDays as RetentionDays,
    reservedConcurrency: settings.reservedConcurrency,
    vpc: settings.vpc,
  };
}

/** Returns `UserCosts` for `user-costs`. Construct ids are a contract and never change. */
function pascalCase(collector: CollectorName): string {
  return collector.replace(/(^|-)(\w)/g, (_, __, letter: string) => letter.toUpperCase());
}
