import { type ChargePeriod, includesDay, lastWholeDays, periodEndSeconds } from '../../aws/charge-period';
import { sumUsd, type Usd, ZERO } from '../../aws/usd';
import { GLOBAL_HOME } from '../../catalog/regions';
import type { Collector, Findings, RunInput } from '../../collector';
import { failure } from '../../failure';
import type { RegionDayCost, ResourceCost, UserCostsSource } from './port';
import { regionResourceCosts } from './resource-breakdown';
import { regionUserCosts } from './user-breakdown';

export interface UserCostsSettings {
  readonly costDays: number;
  readonly resourceDays: number;
  readonly settleDays: number;
  readonly maxSeries: number;
}

/** What every user and every resource cost, by Region: two breakdowns of one separately asked total. */
export function userCosts(source: UserCostsSource, settings: UserCostsSettings): Collector {
  return async (input) => {
    const run = { ...input, source, settings, ...periods(input.scheduledTime, settings) };
    // Both parts wait for this one answer: without it, neither could be shown to add up.
    const totals = source.dailyTotals(input.accountId, run.longest);
    const users = await userPart({ ...run, totals }).catch((error) => failed('user_costs', error));
    const resources = await resourcePart({ ...run, totals }).catch((error) =>
      failed('resource_costs', error),
    );
    return {
      ...resources,
      groups: [...users.groups, ...resources.groups],
      failures: [...users.failures, ...resources.failures],
      periodEnd: periodEndSeconds(run.period),
    };
  };
}

interface CostRun extends RunInput {
  readonly source: UserCostsSource;
  readonly settings: UserCostsSettings;
  readonly period: ChargePeriod;
  readonly resourcePeriod: ChargePeriod;
  readonly totals: Promise<readonly RegionDayCost[]>;
}

async function userPart({ accountId, source, settings, period, totals }: CostRun): Promise<Findings> {
  const totalOf = totalsByRegion(await totals, period);
  const rows = byRegion(await source.ownerCosts(accountId, period));
  const userNames = await source.userNames();
  const groups = regionsWithCost(totalOf, rows).map((region) =>
    regionUserCosts({
      accountId,
      region,
      period,
      userNames,
      rows: rows.get(region) ?? [],
      total: totalOf.get(region) ?? ZERO,
      ...settings,
    }),
  );
  return { groups, failures: [] };
}

async function resourcePart(run: CostRun): Promise<Findings> {
  const totalOf = totalsByRegion(await run.totals, run.resourcePeriod);
  const costs = await run.source.resourceCosts(run.accountId, run.resourcePeriod);
  if (!costs) return { groups: [], failures: [], resourceDataAvailable: false };
  const rows = byRegion(costs);
  const regions = await Promise.all(
    regionsWithCost(totalOf, rows).map((region) =>
      regionResources(run, { region, rows: rows.get(region) ?? [], total: totalOf.get(region) ?? ZERO }),
    ),
  );
  return {
    groups: regions.flatMap(({ groups }) => groups),
    failures: regions.flatMap(({ failures }) => failures),
    resourceDataAvailable: true,
  };
}

/** One Region's Tagging API being out of reach leaves out that Region alone. */
async function regionResources(
  { accountId, partition, source, settings, resourcePeriod }: CostRun,
  costs: { region: string; rows: readonly ResourceCost[]; total: Usd },
): Promise<Findings> {
  try {
    const inventory = costs.rows.length > 0 ? inventoryRegion(costs.region, partition) : undefined;
    const owners = inventory ? await source.owners(inventory) : new Map<string, string>();
    const group = regionResourceCosts({
      accountId,
      partition,
      period: resourcePeriod,
      owners,
      ...costs,
      ...settings,
    });
    return { groups: [group], failures: [] };
  } catch (error) {
    return failed('resource_costs', error, costs.region);
  }
}

/** Where the Tagging API lists what Cost Explorer shows under a Region; charges of no Region have no inventory. */
function inventoryRegion(region: string, partition: string): string | undefined {
  if (region === 'global') return GLOBAL_HOME[partition];
  return region === 'NoRegion' ? undefined : region;
}

function periods(scheduledTime: Date, { costDays, resourceDays, settleDays }: UserCostsSettings) {
  const period = lastWholeDays(scheduledTime, { days: costDays, settleDays });
  const resourcePeriod = lastWholeDays(scheduledTime, { days: resourceDays, settleDays });
  return { period, resourcePeriod, longest: period.start < resourcePeriod.start ? period : resourcePeriod };
}

function totalsByRegion(totals: readonly RegionDayCost[], period: ChargePeriod): Map<string, Usd> {
  const rows = byRegion(totals.filter(({ day }) => includesDay(period, day)));
  return new Map([...rows].map(([region, days]) => [region, sumUsd(days.map(({ usd }) => usd))]));
}

/** Cost Explorer lists Regions where nothing but free usage happened, too. */
function regionsWithCost(
  totalOf: ReadonlyMap<string, Usd>,
  rows: ReadonlyMap<string, readonly { usd: Usd }[]>,
): string[] {
  const regions = new Set([...totalOf.keys(), ...rows.keys()]);
  const hasCost = (region: string) =>
    !(totalOf.get(region) ?? ZERO).eq(0) || (rows.get(region) ?? []).some(({ usd }) => !usd.eq(0));
  return [...regions].filter(hasCost).sort();
}

function byRegion<R extends { readonly region: string }>(rows: readonly R[]): Map<string, R[]> {
  const regions = new Map<string, R[]>();
  for (const row of rows) {
    const known = regions.get(row.region);
    if (known) known.push(row);
    else regions.set(row.region, [row]);
  }
  return regions;
}

function failed(part: 'user_costs' | 'resource_costs', error: unknown, region?: string): Findings {
  return { groups: [], failures: [failure(part, error, region)] };
}
