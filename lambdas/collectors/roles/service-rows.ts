import { type Failure, failure } from '../../failure';
import type { Role } from './port';
import type { RoleResource } from './role-resources';
import { trustedServices } from './trust-policy';

/** The services that may assume each role; a trust policy that cannot be read leaves out that role alone. */
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
