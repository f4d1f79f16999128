import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import {
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  type VariableModel,
  VariableRefresh,
  VariableSort,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { type LabelName, type Series, series } from './promql';
import { A_USER, PLACE } from './selection';

// biome-ignore lint/suspicious/noTemplateCurlyInString: Grafana fills it in
export const DATA_SOURCE = { type: 'prometheus', uid: '${datasource}' };

/** Which Prometheus. */
export function dataSource(): Builder<VariableModel> {
  return new DatasourceVariableBuilder('datasource').label('Data source').type('prometheus');
}

/** Accounts in which any collector has run. */
export function accountChoice(): Builder<VariableModel> {
  const values = labelValues(series('tollgate_run_start_timestamp_seconds'), 'account_id');
  return choice('account', { label: 'Account', values });
}

/** Regions of the series, which the account variable should select already. */
export function regionChoice(of: Series): Builder<VariableModel> {
  return choice('region', { label: 'Region', values: labelValues(of, 'region') });
}

/** Users of the chosen accounts and Regions. */
export function userChoice(): Builder<VariableModel> {
  const users = series('aws_user_billed_cost_usd', { ...PLACE, user_name: A_USER });
  return choice('user', { label: 'User', values: labelValues(users, 'user_name') });
}

/** All is one pattern, not the list of all values: with thousands of users, the list would not fit into a request. */
const ALL = '.*';

/** One or several of the values, or all. */
export function choice(
  name: string,
  { label, values }: { label: string; values: string },
): QueryVariableBuilder {
  return new QueryVariableBuilder(name)
    .label(label)
    .datasource(DATA_SOURCE)
    .query(values)
    .definition(values)
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.AlphabeticalCaseInsensitiveAsc)
    .multi(true)
    .includeAll(true)
    .allValue(ALL)
    .current({ selected: true, text: ['All'], value: ['$__all'] });
}

export function labelValues<L extends LabelName>({ expr }: Series<L>, label: L): string {
  return `label_values(${expr}, ${label})`;
}
