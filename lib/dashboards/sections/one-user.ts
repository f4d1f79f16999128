import { once, series } from '../../../lambdas/promql/selector';
import { aggregate, date, where } from '../../../lambdas/promql/vector';
import { DATE, type Section, USD } from '../panel';
import { ACCOUNT, CHOSEN_USER, resourceCosts, userCosts } from '../selection';
import { table } from '../table';
import { COST_WINDOW, RESOURCE_WINDOW } from './windows';

/** Returns the section with the chosen users and their resources. */
export function oneUserSection(): Section {
  return { title: 'Chosen users: $user', panels: [resources(), iamUsers()] };
}

function resources() {
  const labels = ['user_name', 'service', 'resource', 'region', 'account_id'] as const;
  return table({
    title: 'Resources of the chosen users',
    description: `One row per resource. Choose users at the top. ${RESOURCE_WINDOW}`,
    width: 24,
    height: 10,
    columns: [
      {
        title: 'Cost',
        unit: USD,
        value: aggregate('sum', resourceCosts({ user_name: CHOSEN_USER }), labels),
      },
    ],
    largestFirst: 'Cost',
    sums: true,
  });
}

function iamUsers() {
  const chosen = { ...ACCOUNT, user_name: CHOSEN_USER };
  const user = ['user_name', 'account_id'] as const;
  const info = once(series('aws_iam_user_info', chosen));
  return table({
    title: 'IAM users among the chosen',
    description: `Age and last password sign-in of the chosen users in IAM. Owners that exist only in tags have no row. ${COST_WINDOW}`,
    width: 24,
    height: 8,
    columns: [
      { value: aggregate('max', info, [...user, 'user_id']) },
      { title: 'Cost', unit: USD, value: where(aggregate('sum', userCosts(CHOSEN_USER), user), user, info) },
      {
        title: 'Created',
        unit: DATE,
        value: date(aggregate('max', series('aws_iam_user_create_timestamp_seconds', chosen), user)),
      },
      {
        title: 'Last password sign-in',
        unit: DATE,
        value: date(
          aggregate('max', series('aws_iam_user_password_last_used_timestamp_seconds', chosen), user),
        ),
        options: [{ id: 'noValue', value: 'none known' }],
      },
    ],
    largestFirst: 'Cost',
  });
}
