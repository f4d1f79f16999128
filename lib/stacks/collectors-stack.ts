import { Stack, type StackProps } from 'aws-cdk-lib';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { COLLECTORS, type CollectorName } from '../../lambdas/catalog/collectors';
import { EVERY_FUNCTION, type VariableName } from '../../lambdas/catalog/environment';
import { ScheduledCollector } from '../constructs/scheduled-collector';
import { environmentOf } from '../environment';
import { Mistake } from '../mistake';
import { deployedCollectors } from '../price';
import type { Settings } from '../settings';

export interface CollectorsStackProps extends StackProps {
  readonly settings: Settings;
}

/** Every collector of the catalog, each on its own schedule. */
export class CollectorsStack extends Stack {
  constructor(scope: Construct, id: string, { settings, ...props }: CollectorsStackProps) {
    super(scope, id, { description: 'Tollgate: AWS cost as Prometheus metrics.', ...props });
    const { alarmTopicArn, logRetentionDays, hours, members = [], ...rest } = settings;
    const alarmTopic = alarmTopicArn ? Topic.fromTopicArn(this, 'AlarmTopic', alarmTopicArn) : undefined;
    for (const collector of deployedCollectors(settings)) {
      new ScheduledCollector(this, pascalCase(collector), {
        ...rest,
        collector,
        environment: variablesOf(collector, settings),
        hours: hours[collector],
        secretArns: secretsOf(collector, settings),
        memberRoleArns: members.map(({ roleArn }) => roleArn),
        logRetention: logRetentionDays as RetentionDays,
        alarmTopic,
      });
    }
  }
}

type Variables = Readonly<Partial<Record<VariableName, string>>>;

/**
 * Lambda has no unset variables: what is not set is left out.
 * @throws Mistake where they are more than Lambda takes.
 */
function variablesOf(collector: CollectorName, settings: Settings): Variables {
  const all = environmentOf(settings);
  const names: readonly VariableName[] = [...EVERY_FUNCTION, ...COLLECTORS[collector].environment];
  const set = names.flatMap((name) => (all[name] === undefined ? [] : [[name, all[name]]]));
  const bytes = Buffer.byteLength(set.flat().join(''));
  if (bytes > ENVIRONMENT_BYTES)
    throw new Mistake(
      `${collector}: expected at most ${ENVIRONMENT_BYTES} bytes of environment variables, as Lambda takes, got ${bytes}; shorten members or accountNames`,
    );
  return Object.fromEntries(set);
}

/** AWS Lambda quotas: all variables of a function together. */
const ENVIRONMENT_BYTES = 4096;

/** Exactly the secrets whose ARNs the function is given. */
function secretsOf(collector: CollectorName, settings: Settings): string[] {
  const variables = Object.entries(variablesOf(collector, settings));
  return variables.flatMap(([name, value]) => (name.endsWith('_SECRET_ARN') ? [value] : []));
}

/** Construct ids are a contract: `user-costs` is `UserCosts` for good. */
function pascalCase(collector: CollectorName): string {
  return collector.replace(/(^|-)(\w)/g, (_, __, letter: string) => letter.toUpperCase());
}
