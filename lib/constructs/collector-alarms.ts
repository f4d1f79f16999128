import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { lateAfterHours } from '../../lambdas/catalog/trust';

/** Properties of the alarms of one collector. */
interface CollectorAlarmsProps {
  readonly collector: string;
  readonly function: lambda.IFunction;
  readonly hours: readonly number[];
  /** Notified by both alarms. @default no notification */
  readonly alarmTopic?: ITopic;
}

/** Two alarms: a run failed, or no run succeeded for longer than the schedule allows. */
export class CollectorAlarms extends Construct {
  constructor(scope: Construct, id: string, props: CollectorAlarmsProps) {
    super(scope, id);
    const alarms = [this.errors(props), this.noSuccess(props)];
    const { alarmTopic } = props;
    if (alarmTopic) for (const alarm of alarms) alarm.addAlarmAction(new SnsAction(alarmTopic));
  }

  private errors({ collector, function: fn }: CollectorAlarmsProps): cloudwatch.Alarm {
    return new cloudwatch.Alarm(this, 'Errors', {
      alarmDescription: `Tollgate ${collector}: a run failed or was incomplete; the function's log and the metric tollgate_run_failures have the reason.`,
      metric: fn.metricErrors({ period: Duration.minutes(5), statistic: 'Sum' }),
      threshold: 1,
      evaluationPeriods: 1,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    });
  }

  /** Fires after as many hours without success as a run may be late. CloudWatch allows hourly periods for up to seven days. */
  private noSuccess({ collector, function: fn, hours }: CollectorAlarmsProps): cloudwatch.Alarm {
    const period = Duration.hours(1);
    return new cloudwatch.Alarm(this, 'NoSuccess', {
      alarmDescription: `Tollgate ${collector}: no run succeeded in time; the numbers in Prometheus are stale.`,
      metric: new cloudwatch.MathExpression({
        expression: 'invocations - errors',
        label: 'successful runs',
        period,
        usingMetrics: {
          invocations: fn.metricInvocations({ period, statistic: 'Sum' }),
          errors: fn.metricErrors({ period, statistic: 'Sum' }),
        },
      }),
      threshold: 1,
      evaluationPeriods: lateAfterHours(hours),
      comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
      treatMissingData: cloudwatch.TreatMissingData.BREACHING,
    });
  }
}
