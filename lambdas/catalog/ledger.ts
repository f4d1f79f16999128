import { catalogRow } from './collectors';

/** The environment variable with the name of the ledger's table. */
export const LEDGER_VARIABLE = 'TOLLGATE_LEDGER';

/** The table's key. All attributes are strings; an item also has `version`, which changes with every write, and `data`. */
export const LEDGER_KEY = { partition: 'account', sort: 'item' } as const;

/** The IAM actions on the table that a function with a ledger may send. */
export const LEDGER_ACTIONS = [
  'dynamodb:BatchWriteItem',
  'dynamodb:GetItem',
  'dynamodb:PutItem',
  'dynamodb:Query',
] as const;

/**
 * DynamoDB's request units of a calm run in one account: a query of 60 kB for each sink, ten reads of one item, and three writes.
 * A run that publishes new groups writes one unit more for each. A sink of remote write also reads the series of each of its
 * groups, forty groups of 20 kB, and rewrites those of the ten groups whose series have changed, before and after the request.
 */
export const LEDGER_UNITS = {
  readPerSink: 15,
  read: 10,
  write: 3,
  readPerRemoteWrite: 40 * 5 + 2 * 10 * 5,
  writePerRemoteWrite: 2 * 10 * 20,
} as const;

/** Reports whether a collector remembers its runs: it does if it publishes groups, as every collector of a user. */
export function hasLedger(collector: string): boolean {
  const row = catalogRow(collector);
  return !row || Object.keys(row.jobs).length > 0;
}
