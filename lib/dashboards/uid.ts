/** Address of the dashboard: links and bookmarks depend on it. */
export const PEOPLE_UID = 'tollgate-people';

/** The same of the others that a click in a table leads to. */
export const ROLES_UID = 'tollgate-roles';
export const PROJECTS_UID = 'tollgate-projects';

export const OVERVIEW_UID = 'tollgate-overview';
export const ACCOUNTS_UID = 'tollgate-accounts';
export const SERVICES_UID = 'tollgate-services';
