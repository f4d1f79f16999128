import type { Bill, Charge } from '../../lib/local/bill/bill';
import { daysFrom } from '../../lib/local/bill/day';
import { chargeOf, emptyBill, userOf } from '../support/bill';

/** The size of a bill with charges on every day. */
export interface DailyBill {
  readonly services: number;
  readonly regions: number;
  /** The first day of charges. */
  readonly since: string;
  /** The day on which the bill is read; it has no charges. */
  readonly today: string;
}

const REGIONS = ['eu-west-1', 'us-east-1', 'eu-central-1', 'global', 'NoRegion', 'us-west-2'];

/** Returns a bill with one charge of each service in each Region on every day, with different owners, projects and amounts. */
export function dailyBill({ services, regions, since, today }: DailyBill): Bill {
  const cells = Array.from({ length: services }, (_, service) =>
    REGIONS.slice(0, regions).map((region, index) => ({ service, region, index })),
  ).flat();
  const charges = daysFrom(since, today).flatMap((day, number) =>
    cells.map(({ service, region, index }) => chargeOn(day, { number, service, region, index })),
  );
  return emptyBill({
    asOf: new Date(`${today}T09:00:00Z`),
    charges,
    users: OWNERS.map((name) => userOf(name)),
  });
}

const OWNERS = ['ana', 'ben', 'carla', 'dmitri'];
const PROJECTS = ['atlas', 'a$b', 'Zürich'];

interface Cell {
  readonly number: number;
  readonly service: number;
  readonly region: string;
  readonly index: number;
}

/** A fifth of the charges has no owner, and a seventh is a credit. */
function chargeOn(day: string, { number, service, region, index }: Cell): Charge {
  const turn = service * 7 + index * 3 + number;
  const owner = OWNERS[turn % (OWNERS.length + 1)];
  const project = PROJECTS[(service + index) % (PROJECTS.length + 1)];
  const isCredit = turn % 7 === 0;
  const units = ((turn * 7_919) % 99_991) + 1;
  return chargeOf({
    day,
    region,
    service: `Amazon Service ${service}`,
    resourceId: '',
    tags: { ...(owner && { Owner: owner }), ...(project && { Project: project }) },
    usd: `${isCredit ? '-' : ''}${turn % 5}.${String(units * 100_003).padStart(10, '0')}`,
    recordType: isCredit ? 'Credit' : 'Usage',
    usageType: `Usage-${service}`,
  });
}
