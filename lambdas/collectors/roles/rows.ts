import { type Usd, ZERO_USD } from '../../domain/amounts';
import type { ResourceCost } from '../../domain/resource-cost';
import { type Failure, failure } from '../../failure';
import type { Instance, Role } from './port';
import type { RoleResource } from './role-resources';
import { trustedServices } from './trust-policy';

/** Returns the instances of a Region that run under a role, by instance profile. An instance without a cost row cost nothing. */
export function instanceRows(
  { roles, costs }: { roles: readonly Role[]; costs?: readonly ResourceCost[] },
  { region, instances }: { region: string; instances: readonly Instance[] },
): RoleResource[] {
  const roleOf = rolesByProfile(roles);
  const usdOf = costs && costsIn(region, costs);
  return instances.flatMap(({ id, state, instanceProfile = '' }) => {
    const role = roleOf.get(instanceProfile);
    if (role === undefined) return [];
    const row = { role, service: 'ec2', resource: id, state };
    return usdOf ? { ...row, usd: usdOf.get(id) ?? ZERO_USD } : row;
  });
}

/** Returns the services that may assume each role. A trust policy that cannot be read affects no other role. */
export function serviceRows(roles: readonly Role[]): { rows: RoleResource[]; failures: Failure[] } {
  const rows: RoleResource[] = [];
  const failures: Failure[] = [];
  for (const { name: role, trustPolicy } of roles) {
    try {
      const services = trustedServices(trustPolicy);
      rows.push(...services.map((service) => ({ role, service, resource: '', state: '' })));
    } catch (error) {
      failures.push(failure('roles', error, role));
    }
  }
  return { rows, failures };
}

/** Returns the role of each instance profile, which has exactly one. */
function rolesByProfile(roles: readonly Role[]): Map<string, string> {
  return new Map(roles.flatMap(({ name, instanceProfiles }) => instanceProfiles.map((arn) => [arn, name])));
}

/** Returns the cost by resource. A window that spans two months has two rows for each resource. */
function costsIn(region: string, costs: readonly ResourceCost[]): Map<string, Usd> {
  const sums = new Map<string, Usd>();
  for (const { resource, usd } of costs.filter((row) => row.region === region))
    sums.set(resource, (sums.get(resource) ?? ZERO_USD).plus(usd));
  return sums;
}
