/** USD for one request to Cost Explorer, that is for one page of an answer (AWS Cost Management pricing). */
export const COST_EXPLORER_REQUEST_USD = 0.01;

/** Oldest day that resource-level data reaches back to, counted from the day of the request (Cost Explorer API). */
export const RESOURCE_DATA_DAYS = 14;
