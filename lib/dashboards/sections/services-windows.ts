/** What the costs of the last day cover and how final they are. */
export const LAST_DAY =
  'Billed cost (UnblendedCost, USD) of the last whole UTC day, yesterday unless `settleDays` says otherwise. AWS adds to a day for some days after it, so it is not final.';

/** The same for the cost window. */
export const SERVICE_WINDOW =
  'The cost window is whole UTC days, 14 unless `costDays` says otherwise; AWS restates recent days for a while, so they are not final.';

export const FOLDED_SERVICES =
  '`__other__` is the sum of the smallest services of a Region, where `maxSeries` was reached.';

/** How a week is compared. */
export const WEEK_BEFORE =
  'Both days as they were known right after, so like is compared with like. Nothing is shown until Prometheus holds a run of exactly a week before.';
