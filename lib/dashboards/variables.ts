import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import {
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  type VariableModel,
  VariableRefresh,
  VariableSort,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { type LabelName, type Series, series } from './promql';
import { A_USER, ACCOUNT, PLACE } from './selection';

// biome-ignore lint/suspicious/noTemplateCurlyInString: Grafana fills it in
export const DATA_SOURCE = { type: 'prometheus', uid: '${datasource}' };

/** Account, Region and user narrow each other down, in this order. */
export function variables(): Builder<VariableModel>[] {
  return [
    new DatasourceVariableBuilder('datasource').label('Data source').type('prometheus'),
    choice('account', {
      label: 'Account',
      values: labelValues(series('tollgate_run_start_timestamp_seconds'), 'account_id'),
    }),
    choice('region', {
      label: 'Region',
      values: labelValues(series('aws_user_billed_cost_usd', ACCOUNT), 'region'),
    }),
    choice('user', {
      label: 'User',
      values: labelValues(series('aws_user_billed_cost_usd', { ...PLACE, user_name: A_USER }), 'user_name'),
    }),
  ];
}

/** All is one pattern, not the list of all values: with thousands of users, the list would not fit into a request. */
const ALL = '.*';

function choice(name: string, { label, values }: { label: string; values: string }): QueryVariableBuilder {
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

function labelValues<L extends LabelName>({ expr }: Series<L>, label: L): string {
  return `label_values(${expr}, ${label})`;
}
