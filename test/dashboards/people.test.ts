import { toDashboard } from '../../lib/dashboards/dashboard';
import { people } from '../../lib/dashboards/people';
import { expressions, withAll } from '../support/expressions';
import { SETTINGS } from './models';

const dashboard = toDashboard(people(SETTINGS), 'scraped');
const variables = dashboard.templating.list ?? [];

test('a variable in any notation is replaced', () => {
  const user = variables.filter(({ name }) => name === 'user');
  // biome-ignore lint/suspicious/noTemplateCurlyInString: Grafana's notation
  expect(withAll('$user ${user} ${user:regex} $users', user)).toBe('.* .* .* $users');
});

test('the variable offers users, without unattributed and aggregated rows', () => {
  const { query } = variables.find(({ name }) => name === 'user') ?? {};
  expect(query).toContain('user_name!~"__unattributed__|__other__"');
});

test('unattributed and aggregated cost is not shown as a user', () => {
  const byUser = expressions(dashboard).filter(({ expr }) => /^\(?sum by \([^)]*user_name/.test(expr));
  const unfiltered = byUser.filter(({ expr }) => !expr.includes('user_name!~"__unattributed__|__other__"'));
  expect(unfiltered.map(({ title }) => title)).toEqual(['Unattributed cost, by Region']);
});
