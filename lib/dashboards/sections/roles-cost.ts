import { atEnd, is, matches, once, series } from '../../../lambdas/promql/selector';
import { aggregate, orZero, share, topk, where } from '../../../lambdas/promql/vector';
import { matrixBars } from '../matrix-bars';
import { COUNT, type Section, SHARE, USD } from '../panel';
import { A_ROLE, ACCOUNT, resourceCosts } from '../selection';
import { stat } from '../stat';
import { trend } from '../trend';
import { instanceCosts, unusedRoles } from './roles-selection';
import { ROLE_WINDOW } from './windows';

/** What runs under roles costs. */
export function rolesCostSection(): Section {
  return {
    title: 'Cost by role and Region',
    panels: [billed(), shareUnderRoles(), count(), unused(), byRoleAndRegion(), overTime()],
  };
}

const underRoles = () => aggregate('sum', instanceCosts());

function billed() {
  return stat({
    title: 'Cost of instances under roles',
    description: `EC2 instances that run, or are stopped, under a role today. ${ROLE_WINDOW}`,
    width: 6,
    height: 4,
    value: underRoles(),
    unit: USD,
  });
}

function shareUnderRoles() {
  const allInstances = resourceCosts({ service: is('ec2'), resource: matches('i-.+') });
  return stat({
    title: 'Share of instance cost under roles',
    description: `Of what all EC2 instances cost, terminated ones included. The rest has no instance profile: what runs there has no AWS permissions, or uses keys. ${ROLE_WINDOW}`,
    width: 6,
    height: 4,
    value: share(underRoles(), aggregate('sum', allInstances)),
    unit: SHARE,
  });
}

/** The value of the row for those left out is their number. */
const allRoles = () => aggregate('sum', once(series('aws_iam_role_info', ACCOUNT)));

function count() {
  return stat({
    title: 'Roles',
    description: 'IAM roles of the chosen accounts as of the last run, service-linked ones included.',
    width: 6,
    height: 4,
    value: allRoles(),
    unit: COUNT,
  });
}

function unused() {
  return stat({
    title: 'Roles unused for 90 days',
    description:
      'Of which IAM knows no use in that time, in any Region, as of the last run. A role younger than that counts too: IAM says when each was used, and the suite does not keep when it was made.',
    width: 6,
    height: 4,
    value: orZero(aggregate('count', unusedRoles(['role_name', 'account_id'])), allRoles()),
    unit: COUNT,
    steps: [
      { value: null, color: 'blue' },
      { value: 1, color: 'yellow' },
    ],
  });
}

function byRoleAndRegion() {
  return matrixBars({
    title: 'Cost by role, stacked by Region',
    description: `The 15 roles whose instances cost most. The same name in several accounts is one role. ${ROLE_WINDOW}`,
    width: 12,
    height: 12,
    value: aggregate('sum', instanceCosts(), ['role_name', 'region']),
    row: 'role_name',
    column: 'region',
    unit: USD,
    limit: 15,
  });
}

function overTime() {
  const largest = topk(10, aggregate('sum', instanceCosts(A_ROLE, atEnd), ['role_name']));
  return trend({
    title: 'Cost of the window over time',
    description: `The 10 roles that cost most today. Each point is the whole window as it was known then, not the cost of that day: a steady role is a level line. ${ROLE_WINDOW}`,
    width: 12,
    height: 12,
    value: where(aggregate('sum', instanceCosts(), ['role_name']), ['role_name'], largest),
    by: 'role_name',
    unit: USD,
  });
}
