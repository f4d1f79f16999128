import type { List } from '../../lambdas/catalog/label-values';
import { ofEachInstallation, oneOf, series } from '../../lambdas/promql/selector';
import { age, compared } from '../../lambdas/promql/vector';
import type { AlertRule, RuleGroup } from './rule';

/** The lists of things that exist. The other lists are of costs, whose smallest rows may be aggregated. */
const INVENTORIES: readonly List[] = ['users', 'roles', 'untagged_resources'];

/** Days without data, after which it is missing for longer than AWS needs to catch up. */
const UNAVAILABLE_DAYS = 3;

const DAY_SECONDS = 86_400;

const INCOMPLETE: AlertRule = {
  alert: 'TollgateInventoryIncomplete',
  when: compared(
    ofEachInstallation(series('tollgate_aggregated_rows', { list: oneOf(INVENTORIES) })),
    '>',
    0,
  ),
  for: '1h',
  severity: 'warning',
  summary: 'Tollgate: {{ $labels.list }} of account {{ $labels.account_id }} are not all listed',
  description:
    '{{ $value }} {{ $labels.list }} of account {{ $labels.account_id }}{{ with $labels.region }} in {{ . }}{{ end }} exist and are only counted, because there are more than maxInventory.',
};

const UNAVAILABLE: AlertRule = {
  alert: 'TollgateDataUnavailable',
  when: compared(
    age(ofEachInstallation(series('tollgate_unavailable_since_timestamp_seconds'))),
    '>',
    UNAVAILABLE_DAYS * DAY_SECONDS,
  ),
  for: '0m',
  severity: 'warning',
  summary: 'Tollgate: no new {{ $labels.part }} of account {{ $labels.account_id }}',
  description:
    'For {{ $value | humanizeDuration }}, {{ $labels.collector }} had no new data of the part {{ $labels.part }} of account {{ $labels.account_id }}{{ with $labels.region }} in {{ . }}{{ end }}. What was published before is still shown.',
};

/** Alerts on things that exist and have no new series, although every run was complete. */
export const INVENTORY_RULES: RuleGroup = { name: 'inventories', rules: [INCOMPLETE, UNAVAILABLE] };
