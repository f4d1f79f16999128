import { atEnd, is, matches, once, series } from '../../../lambdas/promql/selector';
import { aggregate, orZero, share, topk, where } from '../../../lambdas/promql/vector';
import { matrixBars } from '../matrix-bars';
import { COUNT, type Section, SHARE, USD } from '../panel';
import { A_ROLE, ACCOUNT, resourceCosts } from '../selection';
import { stat } from '../stat';
import { trend } from '../trend';
import { instanceCosts, unusedRoles } from './roles-selection';
import { ROLE_WINDOW } from './windows';

/** Exported because the panel is empty until the installation has seen its first midnight, UTC. */
export const ROLE_COSTS_TITLE = 'Cost of the window over time';

/** Returns the section with the cost of the instances under roles. */
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
    description: `EC2 instances that are running or stopped under a role today. ${ROLE_WINDOW}`,
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
    description: `Share of the cost of all EC2 instances, including terminated ones. The other instances have no instance profile, so their programs have no AWS permissions or use access keys. ${ROLE_WINDOW}`,
    width: 6,
    height: 4,
    value: share(underRoles(), aggregate('sum', allInstances)),
    unit: SHARE,
  });
}

/** The number of roles. The row that counts the omitted ones adds their number. */
const allRoles = () => aggregate('sum', once(series('aws_iam_role_info', ACCOUNT)));

function count() {
  return stat({
    title: 'Roles',
    description: 'IAM roles of the chosen accounts as of the last run, including service-linked roles.',
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
      'Roles without a known use in 90 days, in any Region, as of the last run. Younger roles are included, because the suite does not publish when a role was created.',
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
    description: `The 15 roles with the most expensive instances. The same name in several accounts is one role. ${ROLE_WINDOW}`,
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
    title: ROLE_COSTS_TITLE,
    description: `The 10 most expensive roles of today. Each point is the complete window as it was known then, not the cost of that day, so a steady role is a level line. ${ROLE_WINDOW}`,
    width: 12,
    height: 12,
    value: where(aggregate('sum', instanceCosts(), ['role_name']), ['role_name'], largest),
    by: 'role_name',
    unit: USD,
  });
}
