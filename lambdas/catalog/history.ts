/** The number of full months before the current one that Cost Explorer keeps by day. */
export const HISTORY_MONTHS = 13;

/** The history that a backfill can give to the metrics of a job, or the reason why there is none. */
export type History = { readonly from: string } | { readonly none: string };

export const COST_WINDOW = { from: 'the first complete cost window (`costDays`)' } as const;
export const PROJECT_WINDOW = { from: 'the first complete project window (`projectDays`)' } as const;
export const INVENTORY = { none: 'AWS lists only what exists today.' } as const;
export const RESOURCES = { none: 'Cost Explorer keeps resource-level data for 14 days.' } as const;
