import type { DynamicConfigValue } from '@grafana/grafana-foundation-sdk/dashboard';

// Addresses of the dashboards that a click in a table leads to; bookmarks also depend on them.
export const PEOPLE_UID = 'tollgate-people';
export const ROLES_UID = 'tollgate-roles';
export const PROJECTS_UID = 'tollgate-projects';
export const OVERVIEW_UID = 'tollgate-overview';
export const ACCOUNTS_UID = 'tollgate-accounts';
export const SERVICES_UID = 'tollgate-services';

interface Choice {
  readonly title: string;
  /** Address of the dashboard that opens. */
  readonly uid: string;
  /** The variable that takes the clicked value. */
  readonly variable: string;
  /** The variables that keep their values. */
  readonly kept: readonly string[];
}

/** Links to a dashboard with the clicked value chosen, percent-encoded because a user name may contain a plus sign. */
function choosing({ title, uid, variable, kept }: Choice): DynamicConfigValue {
  const parameters = [
    `var-${variable}=\${__value.raw:percentencode}`,
    ...['datasource', ...kept].map((name) => `\${${name}:queryparam}`),
    // biome-ignore lint/suspicious/noTemplateCurlyInString: Grafana replaces it
    '${__url_time_range}',
  ];
  return { id: 'links', value: [{ title, url: `/d/${uid}?${parameters.join('&')}` }] };
}

/** Links a user to the user's resources. */
export const showResources = choosing({
  title: 'Show this user’s resources',
  uid: PEOPLE_UID,
  variable: 'user',
  kept: ['account', 'region'],
});

/** Links a role to its instances. */
export const showRole = choosing({
  title: 'Show the instances under this role',
  uid: ROLES_UID,
  variable: 'role',
  kept: ['account', 'region'],
});

/** Links a project to its services. */
export const showServices = choosing({
  title: 'Show this project’s services',
  uid: PROJECTS_UID,
  variable: 'project',
  kept: ['account'],
});

/** Links an account to its months. */
export const showAccount = choosing({
  title: 'Show this account’s months',
  uid: ACCOUNTS_UID,
  variable: 'account',
  kept: [],
});

/** Links an account to its services. */
export const showAccountServices = choosing({
  title: 'Show this account’s services',
  uid: SERVICES_UID,
  variable: 'account',
  kept: [],
});

/** Links a service to its Regions. */
export const showService = choosing({
  title: 'Show this service’s Regions',
  uid: SERVICES_UID,
  variable: 'service',
  kept: ['account', 'region'],
});

/** Links a Region to its services. */
export const showRegion = choosing({
  title: 'Show this Region’s services',
  uid: SERVICES_UID,
  variable: 'region',
  kept: ['account', 'service'],
});
