/** What user costs cover and how final they are: part of the description of every panel that shows them. */
export const COST_WINDOW =
  'Billed cost (UnblendedCost, USD) of the cost window: whole UTC days, 14 unless `costDays` says otherwise, up to the time in “Covered until”. AWS restates recent days for a while, so they are not final.';

/** The same for resource costs. */
export const RESOURCE_WINDOW =
  'Billed cost (UnblendedCost, USD) of the resource window: whole UTC days, at most 14 (`resourceDays`), not final. Only services in `resourceServices` are asked for (EC2 instances by default), and only charges that name a resource have a row. Owners are today’s tags, while user costs go by the tags of each day in the bill: the two need not be equal.';
