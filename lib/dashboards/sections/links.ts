import type { DynamicConfigValue } from '@grafana/grafana-foundation-sdk/dashboard';
import { UID } from '../uid';

/** Percent-encoded, because a user name may hold a plus sign. */
export const showResources: DynamicConfigValue = {
  id: 'links',
  value: [
    {
      title: 'Show this user’s resources',
      url: `/d/${UID}?var-user=\${__value.raw:percentencode}&\${datasource:queryparam}&\${account:queryparam}&\${region:queryparam}&\${__url_time_range}`,
    },
  ],
};
