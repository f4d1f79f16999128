import {
  absent,
  atEnd,
  before,
  is,
  labelValues,
  lately,
  matches,
  noneOf,
  ofEachInstallation,
  once,
  oneOf,
  overDays,
  series,
} from '../../../lambdas/promql/selector';
import {
  aggregate,
  apply,
  atMostShare,
  both,
  compared,
  either,
  medianOverDays,
  minus,
  orZero,
  plus,
  relabelled,
  share,
  shares,
  times,
  timesOne,
  unless,
  type Vector,
  valuesAsLabel,
  where,
} from '../../../lambdas/promql/vector';
import { usageOf } from '../../support/promql-usage';

const [a, b, c] = ['a', 'b', 'c'].map((expr): Vector<never> => ({ expr: () => expr, labels: [] })) as [
  Vector<never>,
  Vector<never>,
  Vector<never>,
];
const up = series('up');
const DELIVERIES = ['scraped', 'written'] as const;
const info = series('aws_iam_user_info');

test.each([
  [series('tollgate_run_incomplete'), 'tollgate_run_incomplete'],
  [
    series('aws_user_billed_cost_usd', {
      region: matches('$region'),
      user_name: [is('x'), noneOf(['', 'y'])],
    }),
    'aws_user_billed_cost_usd{region=~"$region", user_name="x", user_name!~"|y"}',
  ],
  [series('up', { job: is('a "b" \\ \n') }), 'up{job="a \\"b\\" \\\\ \\n"}'],
  [series('up', { job: oneOf(['a.b', 'c|d', 'user-costs']) }), 'up{job=~"a\\\\.b|c\\\\|d|user-costs"}'],
])(
  'a selector has its conditions, and in written data the last value that is not NaN (%#)',
  ({ expr }, expected) => {
    expect(expr('scraped')).toBe(expected);
    expect(expr('written')).toBe(`last_over_time(${expected}[7d]) > -Inf`);
    for (const delivery of DELIVERIES) expect(usageOf(expr(delivery)).errors).toEqual([]);
  },
);

test.each([
  [
    before(up, '7d'),
    'up offset 7d or on () last_over_time(up[1d:1d] offset 7d)',
    'last_over_time(up[7d] offset 7d) > -Inf',
  ],
  [atEnd(up), 'up @ end() or on () last_over_time(up[2d] @ end())', 'last_over_time(up[7d] @ end()) > -Inf'],
  [lately(up), 'last_over_time(up[1h])', 'last_over_time(up[7d]) > -Inf'],
  [
    overDays('avg', up, { days: 14, asOfDaysAgo: 1 }),
    'avg_over_time(up[14d:1d] offset 1d)',
    'avg_over_time((last_over_time(up[7d]) > -Inf)[14d:1d] offset 1d)',
  ],
  [
    medianOverDays(up, { days: 7, asOfDaysAgo: 1 }),
    'quantile_over_time(0.5, up[7d:1d] offset 1d)',
    'quantile_over_time(0.5, (last_over_time(up[7d]) > -Inf)[7d:1d] offset 1d)',
  ],
  [absent(up), 'absent(up)', 'absent(last_over_time(up[7d]) > -Inf)'],
  [
    absent(series('up', { job: is('a$1"b') })),
    'absent(up{job="a$1\\"b"})',
    'label_replace(absent(last_over_time(up{job="a$1\\"b"}[7d]) > -Inf), "job", "a$$1\\"b", "job", "")',
  ],
  [once(up), 'max by (job) (up)', 'max by (job) (last_over_time(up[7d]) > -Inf)'],
  [times(2, up), '2 * up', '2 * (last_over_time(up[7d]) > -Inf)'],
  [compared(up, '==', 0), 'up == 0', 'last_over_time(up[7d]) > -Inf == 0'],
  [
    minus(up, before(up, '1d')),
    'up - (up offset 1d or on () last_over_time(up[1d:1d] offset 1d))',
    '(last_over_time(up[7d]) > -Inf) - (last_over_time(up[7d] offset 1d) > -Inf)',
  ],
])('the time of a selector is written for each delivery (%#)', ({ expr }, scraped, written) => {
  expect({ scraped: expr('scraped'), written: expr('written') }).toEqual({ scraped, written });
  for (const delivery of DELIVERIES) expect(usageOf(expr(delivery)).errors).toEqual([]);
});

test.each([
  [minus(minus(a, b), c), 'a - b - c'],
  [minus(a, minus(b, c)), 'a - (b - c)'],
  [times(2, plus(a, b)), '2 * (a + b)'],
  [plus(times(2, a), b), '2 * a + b'],
  [compared(minus(a, b), '>', 5), 'a - b > 5'],
  [apply('abs', minus(a, b)), 'abs(a - b)'],
  [
    medianOverDays(aggregate('sum', a), { days: 7, asOfDaysAgo: 1 }),
    'quantile_over_time(0.5, sum(a)[7d:1d] offset 1d)',
  ],
  [
    medianOverDays(minus(a, b), { days: 7, asOfDaysAgo: 1 }),
    'quantile_over_time(0.5, (a - b)[7d:1d] offset 1d)',
  ],
  [share(a, b), 'a / (b > 0)'],
  [share(orZero(a, b), b), '(a or 0 * b) / (b > 0)'],
  [either([compared(a, '==', 1), unless(b, [], c)]), 'a == 1 or b unless on () c'],
  [unless(either([a, b]), [], c), '(a or b) unless on () c'],
  [both(a, either([b, c])), 'a and (b or c)'],
  [
    aggregate('sum', where(info, ['user_name'], info)),
    'sum(aws_iam_user_info and on (user_name) aws_iam_user_info)',
  ],
  [
    relabelled(valuesAsLabel('month', a), 'month', { pattern: '(.)', replacement: '$1' }),
    'label_replace(count_values("month", a), "month", "$1", "month", "(.)")',
  ],
])('an expression has brackets only where precedence needs them (%#)', ({ expr }, expected) => {
  expect(expr('scraped')).toBe(expected);
  expect(usageOf(expr('scraped')).errors).toEqual([]);
});

test('each long operand of a set operator has its own line', () => {
  const long = once(series('tollgate_run_aws_requests'));
  const one = 'max by (account_id, collector, service, operation, outcome) (tollgate_run_aws_requests)';
  expect(both(long, either([long, long])).expr('scraped')).toBe(`${one}\nand\n(\n${one}\nor\n${one}\n)`);
});

test('a join names the labels that match, and the side with many elements', () => {
  const resources = series('aws_role_resource_info');
  const byAccount = aggregate('sum', resources, ['account_id']);
  expect(timesOne(resources, ['account_id'], series('aws_account_info')).expr('scraped')).toBe(
    'aws_account_info * on (account_id) group_right () aws_role_resource_info',
  );
  expect(shares(resources, aggregate('sum', resources)).expr('scraped')).toBe(
    'aws_role_resource_info / on () group_left () (sum(aws_role_resource_info) > 0)',
  );
  expect(atMostShare(resources, 0.1, byAccount).expr('scraped')).toBe(
    'aws_role_resource_info <= on (account_id) group_left () 0.1 * sum by (account_id) (aws_role_resource_info)',
  );
});

test('a fact that several replicas report counts once, or once for each installation', () => {
  const incomplete = series('tollgate_run_incomplete');
  expect(once(incomplete).expr('scraped')).toBe('max by (account_id, collector) (tollgate_run_incomplete)');
  expect(ofEachInstallation(incomplete).labels).toEqual(['account_id', 'collector', 'deployment']);
});

test('the query of a Grafana variable has only the selector in scraped data, and the values in written data', () => {
  const users = series('aws_iam_user_info', { account_id: matches('$account') });
  const selector = 'aws_iam_user_info{account_id=~"$account"}';
  expect(labelValues(users, 'user_name', 'scraped')).toEqual({
    query: `label_values(${selector}, user_name)`,
  });
  const { query, regex = '' } = labelValues(users, 'user_name', 'written');
  expect(query).toBe(`query_result(count by (user_name) (last_over_time(${selector}[7d]) > -Inf))`);
  const value = new RegExp(regex.slice(1, -1));
  expect(value.exec('{user_name="a "b"} \n c"} 1 1700000000000')?.[1]).toBe('a "b"} \n c');
  expect(value.exec('{} 1 1700000000000')).toBeNull();
});

test('a metric or a label that does not exist does not compile', () => {
  // @ts-expect-error no such metric
  expect(() => series('aws_user_cost')).toThrow();
  // @ts-expect-error no such label
  series('tollgate_run_incomplete', { region: is('x') });
  // @ts-expect-error a matcher is not a string
  series('tollgate_run_incomplete', { collector: '="x"' });
  // @ts-expect-error the sum has lost the label
  aggregate('max', aggregate('sum', series('tollgate_run_incomplete'), ['account_id']), ['collector']);
  // @ts-expect-error the metric has no such label
  labelValues(series('tollgate_run_incomplete'), 'user_name', 'scraped');
});
