import type { Part } from '../../catalog/label-values';
import type { Collector, Findings, RunInput } from '../../collector';
import { lastFullDays, periodEndSeconds } from '../../domain/charge-period';
import { GLOBAL } from '../../domain/regions';
import type { ResourceCost } from '../../domain/resource-cost';
import { eachRegion } from '../../each-region';
import { failure } from '../../failure';
import { allRoles } from './all-roles';
import type { Role, RolesSource } from './port';
import { type RoleResource, regionRoleResources } from './role-resources';
import { instanceRows, serviceRows } from './rows';

export interface RolesSettings {
  /** Whether to ask what the instances cost, which is a query. */
  readonly roleCosts: boolean;
  readonly resourceDays: number;
  readonly settleDays: number;
  readonly maxSeries: number;
}

/** Which roles exist, and what runs under each, by Region. */
export function roles(source: RolesSource, settings: RolesSettings): Collector {
  return async (input) => {
    try {
      const existing = await source.roles();
      const services = serviceRows(existing);
      const run = { ...input, source, settings, roles: existing, services };
      const resources = await resourcePart(run);
      return {
        ...resources,
        groups: [allRoles({ ...input, ...settings }, existing), ...resources.groups],
        failures: [...services.failures, ...resources.failures],
      };
    } catch (error) {
      return failed('roles', error);
    }
  };
}

interface RolesRun extends RunInput {
  readonly source: RolesSource;
  readonly settings: RolesSettings;
  readonly roles: readonly Role[];
  /** The services of their trust policies, and those that could not be read. */
  readonly services: ReturnType<typeof serviceRows>;
  /** Absent where costs are not wanted, or not to be had. */
  readonly costs?: readonly ResourceCost[];
}

/** A group is replaced whole: pushed without the costs that belong in it, it would lose the old ones. */
async function resourcePart(run: RolesRun): Promise<Findings> {
  if (!run.settings.roleCosts) return resourceGroups(run);
  const { resourceDays: days, settleDays } = run.settings;
  const period = lastFullDays(run.scheduledTime, { days, settleDays });
  try {
    const costs = await run.source.resourceCosts(run.accountId, period);
    const known = { resourceDataAvailable: costs !== undefined, periodEnd: periodEndSeconds(period) };
    return { ...(await resourceGroups({ ...run, costs })), ...known };
  } catch (error) {
    return failed('role_costs', error);
  }
}

/** Without the Regions, nobody knows which role has instances. */
async function resourceGroups(run: RolesRun): Promise<Findings> {
  try {
    const ask = (region: string) => run.source.instances(region);
    const { answers, failures } = await eachRegion(await run.source.regions(), 'role_resources', ask);
    const places = answers.map(({ region, answer }) => ({
      region,
      rows: instanceRows(run, { region, instances: answer }),
    }));
    const allRead = failures.length + run.services.failures.length === 0;
    const all = allRead ? [...places, withoutRegion(run, places)] : places;
    return { groups: groupsOf(run, all), failures };
  } catch (error) {
    return failed('role_resources', error);
  }
}

interface Place {
  readonly region: string;
  readonly rows: readonly RoleResource[];
}

/**
 * The service ec2 is shown by its instances; a row of its own it has where there are none. Who has none is known when every
 * Region and trust policy has been read: until then the old group stays.
 */
function withoutRegion({ services }: RolesRun, places: readonly Place[]): Place {
  const withInstances = new Set(places.flatMap(({ rows }) => rows.map(({ role }) => role)));
  return {
    region: GLOBAL,
    rows: services.rows.filter(({ service, role }) => service !== 'ec2' || !withInstances.has(role)),
  };
}

/** Where nothing runs there is no group: a whole run deletes the old one. */
function groupsOf({ accountId, settings: { maxSeries } }: RolesRun, places: readonly Place[]) {
  return places
    .filter(({ rows }) => rows.length > 0)
    .map((place) => regionRoleResources({ ...place, accountId, maxSeries }));
}

function failed(part: Part, error: unknown): Findings {
  return { groups: [], failures: [failure(part, error)] };
}
