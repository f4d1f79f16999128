import { aggregate, once, series, shares, timesOne, where } from '../../lib/dashboards/promql';
import { usageOf } from './promql-usage';

test('a series has its conditions in the order given, several of one label too', () => {
  const matchers = { region: '=~"$region"', user_name: ['=~"$user"', '!="x"'] } as const;
  expect(series('aws_user_billed_cost_usd', matchers).expr).toBe(
    'aws_user_billed_cost_usd{region=~"$region", user_name=~"$user", user_name!="x"}',
  );
});

test('a name, a label or an operator that does not exist does not compile', () => {
  // @ts-expect-error no such metric
  expect(() => series('aws_user_cost')).toThrow();
  // @ts-expect-error no such label
  series('tollgate_run_incomplete', { region: '="x"' });
  // @ts-expect-error no such operator
  series('tollgate_run_incomplete', { collector: '=="x"' });
  // @ts-expect-error the sum has lost the label
  aggregate('max', aggregate('sum', series('tollgate_run_incomplete'), ['account_id']), ['collector']);
});

test('a fact that several jobs or replicas report counts once', () => {
  expect(aggregate('sum', once(series('tollgate_run_incomplete'))).expr).toBe(
    'sum(max by (account_id, collector) (tollgate_run_incomplete))',
  );
});

test('a join is one operand', () => {
  const users = series('aws_iam_user_info');
  expect(aggregate('sum', where(users, ['user_name'], users)).expr).toBe(
    'sum((aws_iam_user_info and on (user_name) aws_iam_user_info))',
  );
});

test('the reader of expressions sees errors, and which metric each label is asked of', () => {
  expect(usageOf('sum by (a) (x{b="1"}) and on (c) y')).toEqual({
    errors: [],
    metrics: ['x', 'y'],
    labels: [
      { metric: 'x', label: 'a' },
      { metric: 'x', label: 'b' },
      { metric: 'x', label: 'c' },
      { metric: 'y', label: 'c' },
    ],
  });
  expect(usageOf('sum by (a (x)').errors).not.toEqual([]);
});

test('a label of a join is asked of its many side, the labels that match of both', () => {
  expect(usageOf('sum by (a) (x * on (b) group_right () y)').labels).toEqual([
    { metric: 'y', label: 'a' },
    { metric: 'x', label: 'b' },
    { metric: 'y', label: 'b' },
  ]);
});

test('each of many is multiplied by the one it matches, or divided by the whole', () => {
  const resources = series('aws_role_resource_info');
  expect(timesOne(resources, ['account_id'], series('aws_account_info')).expr).toBe(
    '(aws_account_info * on (account_id) group_right () aws_role_resource_info)',
  );
  expect(shares(resources, aggregate('sum', resources)).expr).toBe(
    '(aws_role_resource_info / on () group_left () (sum(aws_role_resource_info) > 0))',
  );
});
