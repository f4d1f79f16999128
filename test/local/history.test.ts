import { openMetrics } from '../../lib/local/history/open-metrics';

const GROUP = '# group {"job":"Services_Cost_eu-west-1","account_id":"111122223333"}';
const HEALTH = '# group {"job":"tollgate_success","account_id":"111122223333","collector":"services"}';

test('the output of past runs becomes OpenMetrics: one family per metric, with the group’s labels and the time of the run', () => {
  const run = (day: string, usd: number) => ({
    at: new Date(`${day}T07:00:00Z`),
    text: [
      GROUP,
      '# HELP aws_service_billed_cost_usd Billed cost.',
      '# TYPE aws_service_billed_cost_usd gauge',
      `aws_service_billed_cost_usd{account_id="111122223333",region="eu-west-1",service="a \\"b\\" {c} d"} ${usd}`,
      HEALTH,
      'tollgate_success_timestamp_seconds{account_id="111122223333",collector="services"} 1795252000.5',
    ].join('\n'),
  });
  expect(openMetrics([run('2026-03-01', 1.5), run('2026-03-02', -2e-7)])).toBe(
    `# TYPE aws_service_billed_cost_usd gauge
aws_service_billed_cost_usd{account_id="111122223333",region="eu-west-1",service="a \\"b\\" {c} d",job="Services_Cost_eu-west-1",instance=""} 1.5 1772348400
aws_service_billed_cost_usd{account_id="111122223333",region="eu-west-1",service="a \\"b\\" {c} d",job="Services_Cost_eu-west-1",instance=""} -2e-7 1772434800
# TYPE tollgate_success_timestamp_seconds gauge
tollgate_success_timestamp_seconds{account_id="111122223333",collector="services",job="tollgate_success",instance=""} 1772348400 1772348400
tollgate_success_timestamp_seconds{account_id="111122223333",collector="services",job="tollgate_success",instance=""} 1772434800 1772434800
# EOF
`,
  );
});

test('a job name with quotes and line breaks does not change', () => {
  const text = `# group ${JSON.stringify({ job: 'a"b\\c\nd-Service' })}\nx_Services_Cost{project_spend_services="EC2"} 1\n`;
  expect(openMetrics([{ at: new Date('2026-03-01T00:00:00Z'), text }])).toContain(
    'x_Services_Cost{project_spend_services="EC2",job="a\\"b\\\\c\\nd-Service",instance=""} 1 1772323200',
  );
});
