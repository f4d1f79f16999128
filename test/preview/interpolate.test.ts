import { inExpression, inTitle, inUrl } from '../../lib/local/preview/client/interpolate';
import type { Variable } from '../../lib/local/preview/client/model';
import { ALL } from '../../lib/local/preview/client/selection';

const user: Variable = { name: 'user', type: 'query', multi: true, includeAll: true, allValue: '.*' };

test.each([
  { chosen: [ALL], expr: 'x{user_name=~".*"}' },
  { chosen: ['ada'], expr: 'x{user_name=~"ada"}' },
  { chosen: ['ada', 'bob'], expr: 'x{user_name=~"(ada|bob)"}' },
  { chosen: ['zoe+eriksen@example.com'], expr: 'x{user_name=~"zoe\\\\+eriksen@example\\\\.com"}' },
  { chosen: ['a\\b"c\n'], expr: 'x{user_name=~"a\\\\\\\\b\\"c\\n"}' },
])('the choice $chosen becomes the query $expr', ({ chosen, expr }) => {
  expect(inExpression('x{user_name=~"$user"}', scope(chosen))).toBe(expr);
});

test('text that is not a variable does not change', () => {
  expect(inExpression('label_replace(x, "a", "$1", "b", "(.*)")', scope([ALL]))).toBe(
    'label_replace(x, "a", "$1", "b", "(.*)")',
  );
});

test('a title shows the chosen values', () => {
  expect(inTitle('Users: $user', scope([ALL]))).toBe('Users: All');
  expect(inTitle('Users: $user', scope(['ada', 'bob']))).toBe('Users: ada + bob');
});

test('a link contains the cell’s value, the chosen values and the time range', () => {
  // biome-ignore-start lint/suspicious/noTemplateCurlyInString: Grafana's references
  const url =
    '/d/people?var-role=${__value.raw:percentencode}&var-account=${__data.fields.Account}&${datasource:queryparam}&${user:queryparam}&${__url_time_range}';
  // biome-ignore-end lint/suspicious/noTemplateCurlyInString: Grafana's references
  const cell = { raw: 'a+b', text: 'A', row: { Account: '111122223333' } };
  expect(inUrl(url, scope(['x&y', 'z']), cell)).toBe(
    '/d/people?var-role=a%2Bb&var-account=111122223333&&var-user=x%26y&var-user=z&from=now-7d&to=now',
  );
});

function scope(chosen: readonly string[]) {
  return { variables: [user], selection: { values: { user: chosen }, from: 'now-7d', to: 'now' } };
}
