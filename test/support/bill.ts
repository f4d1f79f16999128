import type { Bill } from '../../lib/local/bill/bill';
import { type GeneratedBillOptions, generateBill } from '../../lib/local/bill/generated';

/** A small generated bill; the same for the same options. */
export function billOf(different: Partial<GeneratedBillOptions> = {}): Bill {
  return generateBill({
    seed: 3,
    users: 6,
    regions: 2,
    resourcesPerUser: 2,
    ownerTag: 'Owner',
    days: 16,
    asOf: new Date('2026-03-01T06:00:00Z'),
    ...different,
  });
}
