import { checkMetrics } from '../../../lib/local/servers/promtool';
import { realPrograms } from '../../support/real-servers';

let promtool: string;

beforeAll(async () => {
  ({ promtool } = await realPrograms('promtool'));
});

test('finds nothing in a correct exposition', async () => {
  const text = `# HELP aws_service_billed_cost_usd Billed cost.
# TYPE aws_service_billed_cost_usd gauge
aws_service_billed_cost_usd{service="Amazon S3"} 1.5
`;
  expect(await checkMetrics(promtool, text)).toBe('');
});

test('finds names and types that break the conventions', async () => {
  expect(await checkMetrics(promtool, '# TYPE cost_total gauge\ncost_total 1\n')).toBe(
    'cost_total no help text\ncost_total non-counter metrics should not have "_total" suffix',
  );
});

test('finds text that is not an exposition', async () => {
  expect(await checkMetrics(promtool, 'cost{ 1\n')).toContain('text format parsing error in line 1');
});

test('fails if promtool does not run', async () => {
  await expect(checkMetrics('/nonexistent/promtool', '')).rejects.toThrow('promtool did not run: ');
});
