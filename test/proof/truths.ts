import Big from 'big.js';
import type { Bill, Charge } from '../../lib/local/bill/bill';
import { addDays, dayOf, firstOfMonth } from '../../lib/local/bill/day';

/** Returns the value that a panel must show. */
export type Truth = (world: { readonly bill: Bill; readonly costExplorerRequests: number }) => number;

/** Panels with a single number, by dashboard and title. Values are computed from the bill, without Tollgate's code. */
export const TRUTHS: Readonly<Record<string, Truth>> = {
  'overview / Month to date': ({ bill }) => billed(monthToDate(bill)),
  'overview / Last month': ({ bill }) => billed(lastMonth(bill)),
  'overview / Forecast for the end of the month': ({ bill }) => forecast(bill),
  'overview / Forecast against the month before': ({ bill }) =>
    forecast(bill) / billed(beforeMonthOf(bill)) - 1,
  'overview / Last day': ({ bill }) => billed(daysBack(bill, 1)),
  'overview / Last day against a week before': ({ bill }) =>
    billed(daysBack(bill, 1)) / billed(dayBefore(bill, 8)) - 1,
  'people / Billed cost': ({ bill }) => billed(daysBack(bill, 14)),
  'people / Unattributed cost': ({ bill }) => billed(daysBack(bill, 14).filter(hasNo('Owner'))),
  'people / Unattributed share': ({ bill }) =>
    billed(daysBack(bill, 14).filter(hasNo('Owner'))) / billed(daysBack(bill, 14)),
  'people / Aggregated users': () => 0,
  'people / Covered until': ({ bill }) => bill.asOf.getTime(),
  'people / Incomplete runs': () => 0,
  'people / Largest gap': () => 0,
  'people / Resource-level data': () => 1,
  'accounts / Cost per day, this month': ({ bill }) => billed(monthToDate(bill)) / dayOfMonth(lastDay(bill)),
  'accounts / Cost per day, against last month': ({ bill }) =>
    billed(monthToDate(bill)) /
      dayOfMonth(lastDay(bill)) /
      (billed(lastMonth(bill)) / daysIn(lastMonth(bill))) -
    1,
  'accounts / Previous twelve months': ({ bill }) =>
    billed(between(bill, firstOfMonth(lastDay(bill), -12), firstOfMonth(lastDay(bill), 0))),
  'accounts / Open accounts': () => 1,
  'services / Last day': ({ bill }) => billed(daysBack(bill, 1)),
  'services / Month to date': ({ bill }) => billed(monthToDate(bill)),
  'services / Cost window, billed': ({ bill }) => billed(daysBack(bill, 14)),
  'services / Cost window, effective': ({ bill }) => effective(daysBack(bill, 14)),
  'roles / Cost of instances under roles': ({ bill }) => billed(ofInstances(bill, underRoles(bill))),
  'roles / Share of instance cost under roles': ({ bill }) =>
    billed(ofInstances(bill, underRoles(bill))) / billed(ofInstances(bill)),
  'roles / Roles': ({ bill }) => bill.roles.length,
  'roles / Roles unused for 90 days': ({ bill }) =>
    bill.roles.filter(({ lastUsed }) => !usedLately(lastUsed, bill)).length,
  'roles / Covered until': ({ bill }) => bill.asOf.getTime(),
  'roles / Incomplete runs': () => 0,
  'projects / Billed cost': ({ bill }) => billed(daysBack(bill, 30)),
  'projects / Without a project': ({ bill }) => billed(daysBack(bill, 30).filter(hasNo('Project'))),
  'projects / Share without a project': ({ bill }) =>
    billed(daysBack(bill, 30).filter(hasNo('Project'))) / billed(daysBack(bill, 30)),
  'projects / Aggregated projects': () => 0,
  'projects / Covered until': ({ bill }) => bill.asOf.getTime(),
  'projects / Incomplete runs': () => 0,
  'projects / Largest gap': () => 0,
  'tagging / Resources': ({ bill }) => bill.resources.length,
  'tagging / Resources that lack a tag': ({ bill }) => bill.resources.filter(lacksATag).length,
  'tagging / Resources with every tag': ({ bill }) =>
    1 - bill.resources.filter(lacksATag).length / bill.resources.length,
  'tagging / Missing tags not listed': () => 0,
  'tagging / Covered until': ({ bill }) => bill.asOf.getTime(),
  'tagging / Incomplete runs': () => 0,
  'health / Incomplete runs': () => 0,
  'health / Largest gap': () => 0,
  'health / Price of the last runs': ({ costExplorerRequests }) => costExplorerRequests / 100,
  'health / Resource-level data': () => 1,
  'health / Forecast': () => 1,
};

/** Panels whose number depends on the clock. */
export const TIME_PANELS: ReadonlySet<string> = new Set(['Since the last complete run']);

function billed(charges: readonly Charge[]): number {
  return charges.reduce((sum, { usd }) => sum.plus(usd), new Big(0)).toNumber();
}

function effective(charges: readonly Charge[]): number {
  return charges.reduce((sum, { effectiveUsd }) => sum.plus(effectiveUsd), new Big(0)).toNumber();
}

/** Returns the charges from `start` to `end`, which is exclusive. */
function between({ charges }: Bill, start: string, end: string): Charge[] {
  return charges.filter(({ day }) => start <= day && day < end);
}

function today({ asOf }: Bill): string {
  return dayOf(asOf);
}

/** Returns the last full UTC day. */
function lastDay(bill: Bill): string {
  return addDays(today(bill), -1);
}

function daysBack(bill: Bill, days: number): Charge[] {
  return between(bill, addDays(today(bill), -days), today(bill));
}

function dayBefore(bill: Bill, days: number): Charge[] {
  return between(bill, addDays(today(bill), -days), addDays(today(bill), 1 - days));
}

/** Returns the charges of the last full UTC day's month. */
function monthToDate(bill: Bill): Charge[] {
  return between(bill, firstOfMonth(lastDay(bill), 0), today(bill));
}

function lastMonth(bill: Bill): Charge[] {
  return between(bill, firstOfMonth(lastDay(bill), -1), firstOfMonth(lastDay(bill), 0));
}

/** Returns the charges of the month before today's month, which is the month of the forecast. */
function beforeMonthOf(bill: Bill): Charge[] {
  return between(bill, firstOfMonth(today(bill), -1), firstOfMonth(today(bill), 0));
}

/** Returns the month's cost so far plus the average of the last thirty days for each day left, like the simulated AWS. */
function forecast(bill: Bill): number {
  const left = daysFromTo(today(bill), firstOfMonth(today(bill), 1));
  const average = new Big(billed(daysBack(bill, 30))).div(30);
  return average
    .times(left)
    .plus(billed(between(bill, firstOfMonth(today(bill), 0), today(bill))))
    .toNumber();
}

function daysFromTo(start: string, end: string): number {
  return (Date.parse(end) - Date.parse(start)) / 86_400_000;
}

function dayOfMonth(day: string): number {
  return Number(day.slice(8));
}

function daysIn(month: readonly Charge[]): number {
  return new Set(month.map(({ day }) => day)).size;
}

function hasNo(tag: string): (charge: Charge) => boolean {
  return ({ tags }) => !tags[tag];
}

const EC2 = 'Amazon Elastic Compute Cloud - Compute';

/** Returns the charges of EC2 instances in the resource window of thirteen days. */
function ofInstances(bill: Bill, ids?: ReadonlySet<string>): Charge[] {
  return daysBack(bill, 13).filter(
    ({ service, resourceId }) => service === EC2 && /^i-/.test(resourceId) && (ids?.has(resourceId) ?? true),
  );
}

function underRoles({ roles, instances }: Bill): Set<string> {
  const profiles = new Set(roles.flatMap(({ instanceProfileArn }) => instanceProfileArn ?? []));
  const under = instances.filter(
    ({ instanceProfileArn = '', state }) => profiles.has(instanceProfileArn) && state !== 'terminated',
  );
  return new Set(under.map(({ instanceId }) => instanceId));
}

function usedLately(lastUsed: { readonly date: Date } | undefined, { asOf }: Bill): boolean {
  return lastUsed !== undefined && asOf.getTime() - lastUsed.date.getTime() < 90 * 86_400_000;
}

function lacksATag({ tags }: Bill['resources'][number]): boolean {
  return !tags.Owner || !tags.Project;
}
