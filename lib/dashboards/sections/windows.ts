// Each text states what the costs of a panel cover and how final they are.

export const COST_WINDOW =
  'Billed cost (UnblendedCost, USD) of the cost window: full UTC days, 14 unless `costDays` is set, up to the time in “Covered until”. Not final: AWS restates recent days for a while.';

export const RESOURCE_WINDOW =
  'Billed cost (UnblendedCost, USD) of the resource window: full UTC days, at most 14 (`resourceDays`). Not final. Covers only the services in `resourceServices` (EC2 instances by default) and charges that name a resource. Owners are today’s tags, while user costs follow the tags of each day in the bill, so the two may differ.';

export const PROJECT_WINDOW =
  'Billed cost (UnblendedCost, USD) of the project window: full UTC days, 30 unless `projectDays` is set, up to the time in “Covered until”. Projects follow the tags of each day in the bill. Not final: AWS restates recent days for a while.';

export const ROLE_WINDOW =
  'Billed cost (UnblendedCost, USD) of instances alone in the resource window: full UTC days, at most 14 (`resourceDays`), up to the time in “Covered until”. Not final. The complete window counts for today’s role. Terminated instances, and instances aggregated because of `maxSeries`, have no role here.';

export const LISTED =
  'As of the last run of the collector `tags`, and final for that moment. Covers the resources that the Tagging API lists, which omits resources that never had a tag.';

export const BY_MONTH =
  'Billed cost (UnblendedCost, USD), all charge types, by calendar month in UTC. A month is final when its invoice has arrived, about the 7th of the next month. Closed and suspended accounts of Organizations are omitted.';

export const MONTH_SO_FAR =
  'Billed cost (UnblendedCost, USD), all charge types, from the first day of the month to the end of the last full UTC day. Not final: AWS restates recent days for a while.';

export const FORECAST =
  'The month’s cost so far plus Cost Explorer’s forecast of the remaining days, for all accounts that one account pays for, whichever accounts are chosen. It changes with every run until the month is over.';

export const LAST_DAY =
  'Billed cost (UnblendedCost, USD) of the last full UTC day, yesterday unless `settleDays` is set. Not final: AWS adds to a day for some days.';

export const SERVICE_WINDOW =
  'The cost window is full UTC days, 14 unless `costDays` is set. Not final: AWS restates recent days for a while.';

export const AGGREGATED_SERVICES =
  '`__other__` is the sum of a Region’s smallest services if `maxSeries` was reached.';

export const WEEK_BEFORE =
  'Both days are shown as they were known right afterwards, so they are comparable. Empty until Prometheus holds a run of exactly a week before.';
