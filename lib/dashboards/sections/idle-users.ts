import { once, series } from '../../../lambdas/promql/selector';
import { age, aggregate, compared, date, unless, type Vector, where } from '../../../lambdas/promql/vector';
import { showResources } from '../links';
import { DATE, type Section, USD } from '../panel';
import { A_USER, ACCOUNT, userCosts } from '../selection';
import { table } from '../table';
import { EMPTY_CELL, UNUSED_AFTER } from './states';
import { COST_WINDOW } from './windows';

/** Returns the section with users without cost, and users without a recent sign-in. */
export function idleUsersSection(): Section {
  return { title: 'Idle users', panels: [withoutCost(), unused()] };
}

const USER = ['user_name', 'account_id'] as const;
type UserLabel = (typeof USER)[number];

function withoutCost() {
  const users = where(existing(), USER, compared(costs(), '==', 0));
  return table({
    title: 'Users without cost',
    description: `IAM users without cost in the chosen Regions: they own nothing, or their resources are free or credited to zero. Users aggregated because of \`maxInventory\` have no row, because their cost is unknown. ${COST_WINDOW}`,
    width: 9,
    height: 9,
    columns: [created(users)],
    largestFirst: 'Created',
  });
}

function unused() {
  const old = where(existing(), USER, compared(age(createTimes()), '>', UNUSED_AFTER));
  const users = unless(old, USER, compared(age(signIns()), '<', UNUSED_AFTER));
  return table({
    title: 'No password sign-in for 90 days',
    description: `IAM users older than 90 days. “None known”: IAM knows of no password sign-in. Access keys are not considered, so check before you delete a user. Cost: ${COST_WINDOW}`,
    width: 15,
    height: 9,
    columns: [
      { value: users },
      created(users),
      {
        title: 'Last password sign-in',
        unit: DATE,
        value: date(where(signIns(), USER, users)),
        options: [{ id: 'noValue', value: 'none known' }],
      },
      { title: 'Cost', unit: USD, value: where(costs(), USER, users), options: [EMPTY_CELL] },
    ],
    labelOptions: { user_name: [showResources] },
    largestFirst: 'Cost',
  });
}

function existing(): Vector<UserLabel> {
  return aggregate('max', once(series('aws_iam_user_info', { ...ACCOUNT, user_name: A_USER })), USER);
}

function costs(): Vector<UserLabel> {
  return aggregate('sum', userCosts(A_USER), USER);
}

function createTimes(): Vector<UserLabel> {
  return aggregate('max', series('aws_iam_user_create_timestamp_seconds', ACCOUNT), USER);
}

function signIns(): Vector<UserLabel> {
  return aggregate('max', series('aws_iam_user_password_last_used_timestamp_seconds', ACCOUNT), USER);
}

function created(users: Vector<UserLabel>) {
  return { title: 'Created', unit: DATE, value: date(where(createTimes(), USER, users)) };
}
