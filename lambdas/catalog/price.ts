/** The price in USD of one Cost Explorer request, which returns one page of an answer (AWS Cost Management pricing). */
export const COST_EXPLORER_REQUEST_USD = 0.01;

/** The number of days before a request that resource-level data covers (Cost Explorer API). */
export const RESOURCE_DATA_DAYS = 14;
