import { UserError } from '../user-error';
import type { Bill } from './bill/bill';
import { readFocusBill } from './bill/focus';
import { generateBill } from './bill/generated';
import type { DemoOptions } from './demo-options';
import type { DemoSettings } from './demo-settings';
import { FlagError } from './flag-error';

/** Reads the export of --focus, or generates a bill. Throws a FlagError when the export cannot be read. */
export async function billOf(
  options: DemoOptions,
  { ownerTag, projectTag, costDays, settleDays, resourceDays, projectDays }: DemoSettings,
): Promise<Bill> {
  if (options.focus !== undefined) return focusBill(options.focus);
  return generateBill({
    seed: options.seed,
    users: options.users,
    regions: options.regions,
    resourcesPerUser: options.resources,
    members: options.members,
    ownerTag,
    projectTag,
    days: Math.max(costDays, resourceDays, projectDays) + settleDays + historyDays(options),
    asOf: options.at ?? lastMidnight(),
  });
}

async function focusBill(file: string): Promise<Bill> {
  try {
    return await readFocusBill(file);
  } catch (error) {
    throw error instanceof UserError ? new FlagError(`--focus: ${error.message}`) : error;
  }
}

function lastMidnight(): Date {
  return new Date(new Date().toISOString().slice(0, 10));
}

/** Returns the number of past days to compute. Only a page that stays up has graphs, which need a past. */
export function historyDays({ once, gateway, gatewayUrl, history }: DemoOptions): number {
  const staysUp = !once && gateway && gatewayUrl === undefined;
  return history ?? (staysUp ? 90 : 0);
}

/** Returns about how many series the suite publishes for a bill: each user in each Region, and each resource. */
export function seriesOf({ users, resources, charges }: Bill): number {
  const regions = new Set(charges.map(({ region }) => region));
  return users.length * regions.size + resources.length;
}
