import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import {
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  type VariableModel,
  VariableRefresh,
  VariableSort,
} from '@grafana/grafana-foundation-sdk/dashboard';
import type { Delivery } from '../../lambdas/catalog/delivery';
import { labelValues, type Series, series } from '../../lambdas/promql/selector';
import type { LabelName } from '../../lambdas/promql/vector';
import { A_PROJECT, A_ROLE, A_SERVICE, A_USER, ACCOUNT, PLACE } from './selection';

// biome-ignore lint/suspicious/noTemplateCurlyInString: Grafana replaces it
export const DATA_SOURCE = { type: 'prometheus', uid: '${datasource}' };

/** Builds a variable whose query fits the kind of delivery. */
export type UnplacedVariable = (delivery: Delivery) => Builder<VariableModel>;

/** Returns the choice of a Prometheus. */
export function dataSource(): UnplacedVariable {
  return () => new DatasourceVariableBuilder('datasource').label('Data source').type('prometheus');
}

/** Returns the choice of accounts in which any collector has run. */
export function accountChoice(): UnplacedVariable {
  const runs = series('tollgate_run_start_timestamp_seconds');
  return choice('account', { label: 'Account', of: runs, by: 'account_id' });
}

/** Returns the choice of all known accounts, including those that only the management account reports. */
export function linkedAccountChoice(): UnplacedVariable {
  return choice('account', {
    label: 'Account',
    of: series('aws_account_info'),
    by: 'account_id',
  });
}

/** Returns the choice of Regions of the series, which should already be limited to the chosen accounts. */
export function regionChoice(of: Series): UnplacedVariable {
  return choice('region', { label: 'Region', of, by: 'region' });
}

/** Returns the choice of users of the chosen accounts and Regions. */
export function userChoice(): UnplacedVariable {
  const users = series('aws_user_billed_cost_usd', { ...PLACE, user_name: A_USER });
  return choice('user', { label: 'User', of: users, by: 'user_name' });
}

/** Returns the choice of roles of the chosen accounts; roles have no Region. */
export function roleChoice(): UnplacedVariable {
  const roles = series('aws_iam_role_info', { ...ACCOUNT, role_name: A_ROLE });
  return choice('role', { label: 'Role', of: roles, by: 'role_name' });
}

/** Returns the choice of projects of the chosen accounts. */
export function projectChoice(): UnplacedVariable {
  const projects = series('aws_project_billed_cost_usd', { ...ACCOUNT, project: A_PROJECT });
  return choice('project', { label: 'Project', of: projects, by: 'project' });
}

/** Returns the choice of services of the chosen accounts and Regions. */
export function serviceChoice(): UnplacedVariable {
  const services = series('aws_service_billed_cost_usd', { ...PLACE, service: A_SERVICE });
  return choice('service', { label: 'Service', of: services, by: 'service' });
}

/** Returns the choice of required tags that a resource of the chosen accounts and Regions lacks. */
export function tagChoice(): UnplacedVariable {
  return choice('tag', {
    label: 'Tag',
    of: series('aws_resource_missing_tag', PLACE),
    by: 'tag',
  });
}

/** Returns the choice of collectors that have run in the chosen accounts. */
export function collectorChoice(): UnplacedVariable {
  const runs = series('tollgate_run_start_timestamp_seconds', ACCOUNT);
  return choice('collector', { label: 'Collector', of: runs, by: 'collector' });
}

/** The value of All is one pattern, because a list of thousands of users would not fit into a request. */
const ALL = '.*';

interface Choice<L extends LabelName> {
  readonly label: string;
  /** The series that have the values. */
  readonly of: Series<L>;
  /** The label that has the values. */
  readonly by: NoInfer<L>;
}

/** Returns a choice of one value, several values or all. */
function choice<L extends LabelName>(name: string, { label, of, by }: Choice<L>): UnplacedVariable {
  return (delivery) => {
    const { query, regex } = labelValues(of, by, delivery);
    const variable = new QueryVariableBuilder(name)
      .label(label)
      .datasource(DATA_SOURCE)
      .query(query)
      .definition(query)
      .refresh(VariableRefresh.OnTimeRangeChanged)
      .sort(VariableSort.AlphabeticalCaseInsensitiveAsc)
      .multi(true)
      .includeAll(true)
      .allValue(ALL)
      .current({ selected: true, text: ['All'], value: ['$__all'] });
    return regex ? variable.regex(regex) : variable;
  };
}
