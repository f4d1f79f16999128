/** What costs by month cover and how final they are: part of the description of every panel that shows them. */
export const BY_MONTH =
  'Billed cost (UnblendedCost, USD), all charge types, by calendar month in UTC. A month is final when its invoice has come, about the 7th of the next. Accounts that Organizations calls closed or suspended are left out.';

/** The same for the running month. */
export const MONTH_SO_FAR =
  'Billed cost (UnblendedCost, USD), all charge types, from the first of the month that the last whole UTC day is in to the end of that day. AWS restates recent days for a while, so they are not final.';

/** What the forecast of Cost Explorer says. */
export const FORECAST =
  'What the month has cost so far, and Cost Explorer’s forecast of the rest, for all accounts that one account pays for, so the choice of accounts does not narrow it. It moves with every run until the month is over.';
