import { aggregate, date, type Vector, where } from '../../../lambdas/promql/vector';
import { showRole } from '../links';
import { COUNT, DATE, type Section, USD } from '../panel';
import { table } from '../table';
import { existingRoles, instanceCosts, instances, lastUses, unusedRoles } from './roles-selection';
import { ROLE_WINDOW } from './windows';

/** Returns the section with every role, and unused roles. */
export function rolesListSection(): Section {
  return { title: 'Every role', panels: [everyRole(), unused()] };
}

/** Exported so that the plan can exempt this panel from having rows. */
export const UNUSED_TITLE = 'No use for 90 days';

const ROLE = ['role_name', 'account_id'] as const;

function everyRole() {
  return table({
    title: 'Roles and their instances',
    description: `Every role, the most expensive first. Cost and instances are of the chosen Regions, and empty without instances. “Last used” is in any Region; IAM keeps it for about 400 days. A click on a name chooses the role for the tables below. ${ROLE_WINDOW}`,
    width: 13,
    height: 12,
    columns: [
      { value: existingRoles(ROLE) },
      { title: 'Cost', unit: USD, value: aggregate('sum', instanceCosts(), ROLE) },
      {
        title: 'Instances',
        unit: COUNT,
        value: aggregate('count', aggregate('max', instances(), INSTANCE), ROLE),
      },
      lastUsed(existingRoles(ROLE)),
    ],
    labelOptions: { role_name: [showRole] },
    largestFirst: 'Cost',
  });
}

const INSTANCE = [...ROLE, 'region', 'resource'] as const;

function unused() {
  return table({
    title: UNUSED_TITLE,
    description:
      'Roles without a known use in 90 days, as of the last run. “None known”: no use in about 400 days. Roles younger than 90 days are included. Service-linked roles (`/aws-service-role/`) belong to a service, which removes them.',
    width: 11,
    height: 12,
    columns: [{ value: unusedRoles([...ROLE, 'role_arn']) }, lastUsed(unusedRoles(ROLE))],
    largestFirst: 'Last used',
  });
}

function lastUsed(roles: Vector<'role_name' | 'account_id'>) {
  return {
    title: 'Last used',
    unit: DATE,
    value: date(where(lastUses(), ROLE, roles)),
    options: [{ id: 'noValue', value: 'none known' }],
  };
}
