import { Stack, type StackProps } from 'aws-cdk-lib';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { COLLECTORS, type CollectorName } from '../../lambdas/catalog/collectors';
import { EVERY_FUNCTION, type VariableName } from '../../lambdas/catalog/environment';
import type { Settings } from '../config';
import { ScheduledCollector } from '../constructs/scheduled-collector';
import { environmentOf } from '../environment';
import { collectorNames } from '../price';

export interface CollectorsStackProps extends StackProps {
  readonly settings: Settings;
}

/** Every collector of the catalog, each on its own schedule. */
export class CollectorsStack extends Stack {
  constructor(scope: Construct, id: string, { settings, ...props }: CollectorsStackProps) {
    super(scope, id, { description: 'Tollgate: AWS cost as Prometheus metrics.', ...props });
    const { alarmTopicArn, pushgateway, logRetentionDays, hours, ...rest } = settings;
    const alarmTopic = alarmTopicArn ? Topic.fromTopicArn(this, 'AlarmTopic', alarmTopicArn) : undefined;
    for (const collector of collectorNames()) {
      new ScheduledCollector(this, pascalCase(collector), {
        ...rest,
        collector,
        environment: pick(environmentOf(settings), [...EVERY_FUNCTION, ...COLLECTORS[collector].environment]),
        hours: hours[collector],
        headersSecretArn: pushgateway.headersSecretArn,
        logRetention: logRetentionDays as RetentionDays,
        alarmTopic,
      });
    }
  }
}

type Variables = Readonly<Partial<Record<VariableName, string>>>;

/** Lambda has no unset variables: what is not set is left out. */
function pick(all: Variables, names: readonly VariableName[]): Variables {
  return Object.fromEntries(names.flatMap((name) => (all[name] === undefined ? [] : [[name, all[name]]])));
}

/** Construct ids are a contract: `user-costs` is `UserCosts` for good. */
function pascalCase(collector: CollectorName): string {
  return collector.replace(/(^|-)(\w)/g, (_, __, letter: string) => letter.toUpperCase());
}
