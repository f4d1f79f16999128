import type { CollectorSettings } from '../../catalog/function-settings';
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

/** Pushes no group without its costs: a push replaces the group, which would lose its old costs. */
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

/** Returns one group for each Region. Without the Regions there are none. */
async function resourceGroups(run: RolesRun): Promise<Findings> {
  try {
    const read = (region: string) => run.source.instances(region);
    const { answers, failures } = await eachRegion(await run.source.regions(), 'role_resources', read);
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
    .map((place) => regionRoleResources({ ...place, accountId, maxSeries }));
}

function failed(part: Part, error: unknown): Findings {
  return { groups: [], failures: [failure(part, error)] };
}
