import type { Permission } from '../../lib/local/aws/callers';

/** Returns the action of a permission. */
export function actionIn(permission: Permission): string {
  return typeof permission === 'string' ? permission : permission.action;
}
