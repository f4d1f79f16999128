import { aggregate, date, type Vector, where } from '../../../lambdas/promql/vector';
import { showRole } from '../links';
import { COUNT, DATE, type Section, USD } from '../panel';
import { table } from '../table';
import { existingRoles, instanceCosts, instances, lastUses, unusedRoles } from './roles-selection';
import { ROLE_WINDOW } from './windows';

/** Which roles there are. */
export function rolesListSection(): Section {
  return { title: 'Every role', panels: [everyRole(), unused()] };
}

/** Of the title alone: every role may be in use. */
export const UNUSED_TITLE = 'No use for 90 days';

const ROLE = ['role_name', 'account_id'] as const;

function everyRole() {
  return table({
    title: 'Roles, and what runs under them',
    description: `Every role, the costliest first; cost and instances of the chosen Regions, empty where nothing runs. “Last used” is of any Region; IAM keeps it for about 400 days. A click on a name chooses the role for the tables below. ${ROLE_WINDOW}`,
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
      'Roles that nobody has assumed in that time, as IAM knows it as of the last run; “none known” is none in about 400 days. A role younger than 90 days may be here, too. Service-linked roles (`/aws-service-role/`) belong to a service: it removes them.',
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
