import { digest } from '../../../../lambdas/collectors/digest/collector';
import { nextScrape, startPrometheus } from '../../../../lib/local/servers/prometheus';
import { startPushgateway } from '../../../../lib/local/servers/pushgateway';
import { settingsWith } from '../../../support/functions';
import { realPrograms } from '../../../support/real-servers';
import { stopAfterEach } from '../../../support/stop';
import { ARN, answering, ENDS, PATH, source } from './local-source';

test('a real Prometheus answers every query, and its numbers reach the webhook', async () => {
  const programs = await realPrograms('prometheus-pushgateway', 'prometheus');
  const pushgateway = await stopAfterEach(startPushgateway(programs['prometheus-pushgateway']));
  const prometheus = await stopAfterEach(
    startPrometheus(programs.prometheus, { pushgatewayUrl: pushgateway.url }),
  );
  await fetch(`${pushgateway.url}/metrics/job/here`, { method: 'PUT', body: PUSHED });
  await nextScrape(prometheus);
  const receiver = await answering([200]);
  const real = await source({ [ARN('webhook')]: receiver.url + PATH }, { prometheusUrl: prometheus.url });
  const input = {
    accountId: '111122223333',
    partition: 'aws',
    suiteAccounts: [],
    scheduledTime: new Date(),
  };
  const { hours, sinks } = settingsWith();
  const settings = { digest: ENDS, costDays: 14, settleDays: 1, hours, sinks };
  expect(await digest(real, settings)(input)).toEqual({ groups: [], failures: [] });
  const day = input.scheduledTime.toISOString().slice(0, 10);
  expect(receiver.requests.map(({ body }) => JSON.parse(body))).toEqual([
    {
      title: `AWS cost report, ${day}`,
      day,
      currency: 'USD',
      accounts: {
        state: 'read',
        accounts: [
          {
            account: '111122223333 prod',
            accountId: '111122223333',
            months: { '2026-02': 20, '2026-03': 10.5 },
          },
        ],
        total: { months: { '2026-02': 20, '2026-03': 10.5 } },
        forecasts: [],
      },
      projects: {
        state: 'read',
        projects: [
          { project: 'shop', usd: 3 },
          { project: '(no project)', usd: 1.25 },
        ],
        total: { usd: 4.25 },
      },
      services: {
        state: 'read',
        days: 14,
        services: [{ service: 'Amazon S3', usd: 3.5 }],
        total: { usd: 3.5 },
      },
      unowned: { state: 'read', usd: 1, total: 4, share: 0.25 },
      freshness: {
        state: 'read',
        oldest: {
          account_id: '111122223333',
          collector: 'user-costs',
          deployment: '',
          periodEnd: '2026-03-01T00:00:00.000Z',
          ageHours: Math.round((input.scheduledTime.getTime() - Date.parse('2026-03-01')) / 3_600_000),
          stale: true,
        },
        stale: [{ account_id: '111122223333', collector: 'user-costs', deployment: '' }],
        incomplete: [{ account_id: '111122223333', collector: 'user-costs', deployment: '' }],
      },
    },
  ]);
});

const PUSHED = `aws_account_info{account_id="111122223333",account_name="prod",state="ACTIVE"} 1
aws_account_month_billed_cost_usd{account_id="111122223333",month="2026-02"} 20
aws_account_month_billed_cost_usd{account_id="111122223333",month="2026-03"} 10.5
aws_project_billed_cost_usd{account_id="111122223333",project="shop"} 3
aws_project_billed_cost_usd{account_id="111122223333",project=""} 1.25
aws_service_billed_cost_usd{account_id="111122223333",region="eu-west-1",service="Amazon S3"} 3
aws_service_billed_cost_usd{account_id="111122223333",region="global",service="Amazon S3"} 0.5
aws_user_billed_cost_usd{account_id="111122223333",region="eu-west-1",user_name="ana"} 3
aws_user_billed_cost_usd{account_id="111122223333",region="eu-west-1",user_name="__unattributed__"} 1
tollgate_success_period_end_timestamp_seconds{account_id="111122223333",collector="user-costs"} 1772323200
tollgate_run_incomplete{account_id="111122223333",collector="user-costs"} 1
tollgate_run_incomplete{account_id="111122223333",collector="digest"} 1
`;
