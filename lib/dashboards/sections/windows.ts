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
