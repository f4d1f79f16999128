/** The price in USD of one Cost Explorer request, which returns one page of an answer (AWS Cost Management pricing). */
export const COST_EXPLORER_REQUEST_USD = 0.01;

/** The prices in USD of one request unit of DynamoDB, on demand, in us-east-1. One unit reads 4 kB consistently or writes 1 kB. */
export const DYNAMODB_UNIT_USD = { read: 0.125e-6, write: 0.625e-6 } as const;

/** The number of days before a request that resource-level data covers (Cost Explorer API). */
export const RESOURCE_DATA_DAYS = 14;
