import type { JobName } from './jobs';

/** The number of full months before the current one that Cost Explorer keeps by day. */
export const HISTORY_MONTHS = 13;

/** The history that a backfill can give to the metrics of a job, or the reason why there is none. */
export type History = { readonly from: string } | { readonly none: string };

const RESOURCES = { none: 'Cost Explorer keeps resource-level data for 14 days.' } as const;
const INVENTORY = { none: 'AWS lists only what exists today.' } as const;

/** The history of each job. Every row counts from the oldest day of Cost Explorer. */
export const HISTORY: Readonly<Record<JobName, History>> = {
  IAM_User_Details: INVENTORY,
  IAM_User_Total_Services_Cost_List: { from: 'the first complete cost window (`costDays`)' },
  IAM_User_Resource_List_Cost: RESOURCES,
  'IAM-roles-all': INVENTORY,
  'IAM-roles-service-data': INVENTORY,
  'IAM-roles-service-cost': RESOURCES,
  Linked_Accounts: INVENTORY,
  Total_Account_Cost: { from: 'the first day; months before the oldest day are absent' },
  Total_Account_Cost_Forecast: { none: 'Cost Explorer forecasts only days that are not over.' },
  Services_Cost: { from: 'the first complete cost window (`costDays`)' },
  'Project-Spend-Cost': { from: 'the first complete project window (`projectDays`)' },
  'Project-Usage': { from: 'the first complete project window (`projectDays`)' },
  TaggingResourceList: INVENTORY,
  tollgate: { none: 'It reports runs, and there were none.' },
  tollgate_success: { from: 'the first day of the other jobs of its collector' },
};
