import { CREATED_BY_TAG } from '../../catalog/attribution';
import type { CollectorSettings } from '../../catalog/function-settings';
import type { Collector, Findings, RunInput } from '../../collector';
import { type Cost, sumCosts, ZERO_USD } from '../../domain/amounts';
import {
  type ChargePeriod,
  includesDay,
  lastFullDays,
  longer,
  periodEndSeconds,
} from '../../domain/charge-period';
import { byRegion, inventoryRegion, regionsWithCost } from '../../domain/regions';
import type { ResourceCost } from '../../domain/resource-cost';
import { failure } from '../../failure';
import { isUnreachable } from '../../unreachable';
import { attribute, type RuleAnswer } from './attribution';
import { newestDays } from './days';
import type { DayCost, UserCostsSource } from './port';
import { regionResourceCosts } from './resource-breakdown';
import { regionUserCosts } from './user-breakdown';

type UserCostsSettings = CollectorSettings<'user-costs'>;

/** Collects the cost of users and of resources by Region: two breakdowns of one separately requested total. */
export function userCosts(source: UserCostsSource, settings: UserCostsSettings): Collector {
  return async (input) => {
    const run = { ...input, source, settings, ...periods(input.scheduledTime, settings) };
    // Both parts need this answer: without it, neither has a check.
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
  readonly totals: Promise<readonly DayCost[]>;
}

async function userPart(run: CostRun): Promise<Findings> {
  const { accountId, source, settings, period } = run;
  const totals = byRegion(inPeriod(await run.totals, period));
  const answers = await ruleAnswers(run);
  const users = await source.users();
  const rows = byRegion(attribute(answers, users));
  const groups = regionsWithCost([totals, rows], hasCost).map((region) => {
    const days = totals.get(region) ?? [];
    return regionUserCosts({
      ...settings,
      accountId,
      region,
      period,
      users,
      rows: rows.get(region) ?? [],
      days: newestDays(days, period),
      total: sumCosts(days),
      methods: [...settings.attribution, 'none'],
    });
  });
  return { groups, failures: [] };
}

/** Reads the answer to each rule, for the cost that no earlier rule matched. */
async function ruleAnswers({ accountId, source, settings, period }: CostRun): Promise<RuleAnswer[]> {
  const tags = { 'owner-tag': settings.ownerTag, 'created-by': CREATED_BY_TAG };
  const answers: RuleAnswer[] = [];
  for (const rule of settings.attribution) {
    const absent = answers.map((answer) => tags[answer.rule]);
    const rows = await source.tagCosts(accountId, period, { tag: tags[rule], absent });
    answers.push({ rule, rows });
  }
  return answers;
}

async function resourcePart(run: CostRun): Promise<Findings> {
  if (run.settings.resourceServices.length === 0) return { groups: [], failures: [] };
  const totals = byRegion(inPeriod(await run.totals, run.resourcePeriod));
  const costs = await run.source.resourceCosts(run.accountId, run.resourcePeriod);
  if (!costs) return { groups: [], failures: [], unavailable: [NO_RESOURCES], resourceDataAvailable: false };
  const rows = byRegion(costs);
  const regions = await Promise.all(
    regionsWithCost([totals, rows], hasCost).map((region) =>
      regionResources(run, { region, rows: rows.get(region) ?? [], days: totals.get(region) ?? [] }),
    ),
  );
  return {
    groups: regions.flatMap(({ groups }) => groups),
    failures: regions.flatMap(({ failures }) => failures),
    unavailable: regions.flatMap(({ unavailable = [] }) => unavailable),
    resourceDataAvailable: true,
  };
}

const NO_RESOURCES = { part: 'resource_costs', jobs: ['IAM_User_Resource_List_Cost'] } as const;

/** Returns the group of one Region. If its Tagging API fails or cannot be reached, no other Region is affected. */
async function regionResources(
  { accountId, partition, source, settings, resourcePeriod }: CostRun,
  { region, rows, days }: { region: string; rows: readonly ResourceCost[]; days: readonly DayCost[] },
): Promise<Findings> {
  try {
    const inventory = rows.length > 0 ? inventoryRegion(region, partition) : undefined;
    const owners = inventory ? await source.owners(inventory) : new Map<string, string>();
    const requested = days.filter(({ service }) => settings.resourceServices.includes(service));
    const place = { accountId, partition, region, period: resourcePeriod };
    const sums = { total: sumCosts(days), servicesTotal: sumCosts(requested) };
    return {
      groups: [regionResourceCosts({ ...place, ...sums, rows, owners, maxSeries: settings.maxSeries })],
      failures: [],
    };
  } catch (error) {
    if (isUnreachable(error)) return { groups: [], failures: [], unavailable: [{ ...NO_RESOURCES, region }] };
    return failed('resource_costs', error, region);
  }
}

function periods(scheduledTime: Date, { costDays, resourceDays, settleDays }: UserCostsSettings) {
  const period = lastFullDays(scheduledTime, { days: costDays, settleDays });
  const resourcePeriod = lastFullDays(scheduledTime, { days: resourceDays, settleDays });
  return { period, resourcePeriod, longest: longer(period, resourcePeriod) };
}

function inPeriod(totals: readonly DayCost[], period: ChargePeriod): DayCost[] {
  return totals.filter(({ day }) => includesDay(period, day));
}

function hasCost({ usd }: Cost): boolean {
  return !usd.eq(ZERO_USD);
}

function failed(part: 'user_costs' | 'resource_costs', error: unknown, region?: string): Findings {
  return { groups: [], failures: [failure(part, error, region)] };
}
