import type { CollectorSettings } from '../../catalog/function-settings';
import type { Part } from '../../catalog/label-values';
import type { Collector, Findings, RunInput, Unavailable } from '../../collector';
import { lastFullDays, periodEndSeconds } from '../../domain/charge-period';
import { GLOBAL } from '../../domain/regions';
import type { ResourceCost } from '../../domain/resource-cost';
import { eachRegion } from '../../each-region';
import { attempt, failure } from '../../failure';
import { allRoles } from './all-roles';
import type { Role, RolesSource } from './port';
import { type RoleResource, regionRoleCosts, regionRoleResources } from './role-resources';
import { instanceRows, serviceRows } from './rows';

type RolesSettings = CollectorSettings<'roles'>;

/** Collects the IAM roles, and the resources that run under each role by Region. */
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
  /** The services of the trust policies, and the policies that could not be read. */
  readonly services: ReturnType<typeof serviceRows>;
  /** Absent if costs were not requested or are not available. */
  readonly costs?: readonly ResourceCost[];
}

/** Reads costs and resources. Costs are in groups of their own, so resources are also published without them. */
async function resourcePart(run: RolesRun): Promise<Findings> {
  if (!run.settings.roleCosts) return resourceGroups(run);
  const { resourceDays: days, settleDays } = run.settings;
  const period = lastFullDays(run.scheduledTime, { days, settleDays });
  const { value, failures } = await attempt('role_costs', async () => ({
    costs: await run.source.resourceCosts(run.accountId, period),
  }));
  const found = await resourceGroups({ ...run, costs: value?.costs });
  return {
    ...found,
    failures: [...failures, ...found.failures],
    unavailable: [...(value && !value.costs ? [NO_COSTS] : []), ...(found.unavailable ?? [])],
    periodEnd: periodEndSeconds(period),
    ...(value && { resourceDataAvailable: value.costs !== undefined }),
  };
}

const NO_COSTS = { part: 'role_costs', jobs: ['IAM-roles-service-cost'] } as const;

/** Returns the groups of each Region. Without the Regions there are none. */
async function resourceGroups(run: RolesRun): Promise<Findings> {
  try {
    const read = (region: string) => run.source.instances(region);
    const { answers, failures, unreachable } = await eachRegion(
      await run.source.regions(),
      'role_resources',
      read,
    );
    const places = answers.map(({ region, answer }) => ({
      region,
      rows: instanceRows(run, { region, instances: answer }),
    }));
    const allRead = failures.length + unreachable.length + run.services.failures.length === 0;
    const all = allRead ? [...places, withoutRegion(run, places)] : places;
    return { groups: groupsOf(run, all), failures, unavailable: unreadRegions(unreachable) };
  } catch (error) {
    return failed('role_resources', error);
  }
}

/** Returns the unreachable Regions, and the place without a Region, which depends on all of them. */
function unreadRegions(unreachable: readonly string[]): Unavailable[] {
  const regions = unreachable.length > 0 ? [...unreachable, GLOBAL] : [];
  return regions.map((region) => ({
    part: 'role_resources',
    jobs: ['IAM-roles-service-data', 'IAM-roles-service-cost'],
    region,
  }));
}

interface Place {
  readonly region: string;
  readonly rows: readonly RoleResource[];
}

/**
 * Returns the services without a Region. A role with instances has no row for ec2, so every Region and every trust policy
 * must have been read; otherwise the old group stays.
 */
function withoutRegion({ services }: RolesRun, places: readonly Place[]): Place {
  const withInstances = new Set(places.flatMap(({ rows }) => rows.map(({ role }) => role)));
  return {
    region: GLOBAL,
    rows: services.rows.filter(({ service, role }) => service !== 'ec2' || !withInstances.has(role)),
  };
}

/** Returns the groups of places with resources. A complete run deletes the old groups of the others. */
function groupsOf({ accountId, settings: { maxSeries } }: RolesRun, places: readonly Place[]) {
  return places
    .filter(({ rows }) => rows.length > 0)
    .map((place) => ({ ...place, accountId, maxSeries }))
    .flatMap((place) => [regionRoleResources(place), ...regionRoleCosts(place)]);
}

function failed(part: Part, error: unknown): Findings {
  return { groups: [], failures: [failure(part, error)] };
}
