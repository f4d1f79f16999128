import { lambdaHandler } from '../../lambda-handler';
import { digest } from './collector';
import { digestSource } from './source';

export const handler = lambdaHandler('digest', {
  collector: (aws, environment) =>
    digest(
      digestSource(aws, {
        prometheusUrl: environment.TOLLGATE_PROMETHEUS_URL,
        prometheusHeadersSecretArn: environment.TOLLGATE_PROMETHEUS_HEADERS_SECRET_ARN,
        webhookSecretArn: environment.TOLLGATE_WEBHOOK_SECRET_ARN,
      }),
      {
        format: environment.TOLLGATE_WEBHOOK_FORMAT,
        costDays: environment.TOLLGATE_COST_DAYS,
        settleDays: environment.TOLLGATE_SETTLE_DAYS,
        memberIds: (environment.TOLLGATE_MEMBERS ?? []).map(({ accountId }) => accountId),
      },
    ),
  costExplorerCap: () => 0,
});
