import { checkMetrics } from '../../../lib/local/servers/promtool';
import { realPrograms } from '../../support/real-servers';

let promtool: string;

beforeAll(async () => {
  ({ promtool } = await realPrograms('promtool'));
});

test('finds nothing in a clean text', async () => {
  const text = `# HELP aws_service_billed_cost_usd Billed cost.
# TYPE aws_service_billed_cost_usd gauge
aws_service_billed_cost_usd{service="Amazon S3"} 1.5
`;
  expect(await checkMetrics(promtool, text)).toBe('');
});

test('finds what is against the conventions', async () => {
  expect(await checkMetrics(promtool, '# TYPE cost_total gauge\ncost_total 1\n')).toBe(
    'cost_total no help text\ncost_total non-counter metrics should not have "_total" suffix',
  );
});

test('finds what is not an exposition text', async () => {
  expect(await checkMetrics(promtool, 'cost{ 1\n')).toContain('text format parsing error in line 1');
});

test('is no answer when promtool does not run', async () => {
  await expect(checkMetrics('/nonexistent/promtool', '')).rejects.toThrow('promtool did not run: ');
});
