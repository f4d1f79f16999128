import { is, series } from '../../../lambdas/promql/selector';
import { aggregate } from '../../../lambdas/promql/vector';
import { type Section, USD } from '../panel';
import { ACCOUNT, CHOSEN_ROLE } from '../selection';
import { table } from '../table';
import { instanceCosts, instances } from './roles-selection';
import { EMPTY_CELL } from './states';
import { ROLE_WINDOW } from './windows';

/** Returns the section with the instances under the chosen roles, and the services that may assume them. */
export function rolesChosenSection(): Section {
  return { title: 'Chosen roles: $role', panels: [running(), trusted()] };
}

function running() {
  const labels = ['role_name', 'resource', 'state', 'region', 'account_id'] as const;
  return table({
    title: 'Instances under the chosen roles',
    description: `One row per EC2 instance, in its state at the last run. Choose roles at the top. An instance without a cost is not in the bill of the window. ${ROLE_WINDOW}`,
    width: 14,
    height: 10,
    columns: [
      { value: aggregate('max', instances(CHOSEN_ROLE), labels) },
      { title: 'Cost', unit: USD, value: instanceCosts(CHOSEN_ROLE), options: [EMPTY_CELL] },
    ],
    largestFirst: 'Cost',
    sums: true,
  });
}

function trusted() {
  const trust = { ...ACCOUNT, region: is('global'), role_name: CHOSEN_ROLE, resource: is('') } as const;
  return table({
    title: 'Services that the chosen roles trust',
    description:
      'Services in the trust policy of the role, as of the last run; `ec2` only if no instance runs under it. A role that trusts no service has no row.',
    width: 10,
    height: 10,
    columns: [
      {
        value: aggregate('max', series('aws_role_resource_info', trust), [
          'role_name',
          'service',
          'account_id',
        ]),
      },
    ],
  });
}
