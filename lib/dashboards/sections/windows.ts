/** What user costs cover and how final they are: part of the description of every panel that shows them. */
export const COST_WINDOW =
  'Billed cost (UnblendedCost, USD) of the cost window: whole UTC days, 14 unless `costDays` says otherwise, up to the time in “Covered until”. AWS restates recent days for a while, so they are not final.';

/** The same for resource costs. */
export const RESOURCE_WINDOW =
  'Billed cost (UnblendedCost, USD) of the resource window: whole UTC days, at most 14 (`resourceDays`), not final. Only services in `resourceServices` are asked for (EC2 instances by default), and only charges that name a resource have a row. Owners are today’s tags, while user costs go by the tags of each day in the bill: the two need not be equal.';

/** The same for project costs. */
export const PROJECT_WINDOW =
  'Billed cost (UnblendedCost, USD) of the project window: whole UTC days, 30 unless `projectDays` says otherwise, up to the time in “Covered until”. Projects are the tags of each day in the bill. AWS restates recent days for a while, so they are not final.';

/** The same for what instances under roles cost. */
export const ROLE_WINDOW =
  'Billed cost (UnblendedCost, USD) of the instances alone in the resource window: whole UTC days, at most 14 (`resourceDays`), up to the time in “Covered until”, not final. The whole window counts for the role of today; instances that are terminated, or folded by `maxSeries`, are of no role here.';

/** What counts of resources cover. */
export const LISTED =
  'As of the last run of the collector `tags`, and final for that moment. Resources are those that the Tagging API lists: what never had a tag is not among them.';

/** What costs by month cover and how final they are: part of the description of every panel that shows them. */
export const BY_MONTH =
  'Billed cost (UnblendedCost, USD), all charge types, by calendar month in UTC. A month is final when its invoice has come, about the 7th of the next. Accounts that Organizations calls closed or suspended are left out.';

/** The same for the running month. */
export const MONTH_SO_FAR =
  'Billed cost (UnblendedCost, USD), all charge types, from the first of the month that the last whole UTC day is in to the end of that day. AWS restates recent days for a while, so they are not final.';

/** What the forecast of Cost Explorer says. */
export const FORECAST =
  'What the month has cost so far, and Cost Explorer’s forecast of the rest, for all accounts that one account pays for, so the choice of accounts does not narrow it. It moves with every run until the month is over.';

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
