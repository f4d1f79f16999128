/** Address of the dashboard: links and bookmarks depend on it. */
export const UID = 'tollgate-people';
