import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoStore } from '../../lambdas/ledger/dynamo-store';
import type { Item } from '../../lambdas/ledger/store';
import { terminalTable } from '../terminal-table';
import { UserError } from '../user-error';
import { dropSink, recordedSinks } from './recorded-sinks';
import { scanItems } from './scan-items';

/** The options of the command. */
export interface SinksOptions {
  /** The name of the ledger's table. */
  readonly table: string;
  /** The id of the sink to drop. @default the sinks are listed */
  readonly drop?: string;
  /** Drops without a confirmation. */
  readonly yes?: boolean;
}

/** The surroundings of the command. */
interface SinksPorts {
  /** Ids of the sinks in the settings. */
  readonly configured: readonly string[];
  readonly print: (text: string) => void;
  /** Shows a prompt and resolves with the reply, or with undefined if nobody can reply. */
  readonly ask: (prompt: string) => Promise<string | undefined>;
  readonly signal: AbortSignal;
  /** @default the client of the environment's Region and credentials */
  readonly client?: DynamoDBClient;
}

/**
 * Lists the sinks that a deployed ledger knows, or removes one that is no longer in the settings.
 * @throws UserError for a table that cannot be read, and for a sink that must not be dropped.
 */
export async function sinks(options: SinksOptions, ports: SinksPorts): Promise<void> {
  const { table, drop } = options;
  const client = ports.client ?? new DynamoDBClient();
  const items = await scanItems(client, table).catch((error: Error) => {
    throw new UserError(`table ${table}: ${error.name}: ${error.message}`);
  });
  if (drop === undefined) return ports.print(listOf(items, ports.configured));
  demandDroppable(drop, items, ports);
  await demandConfirmed(drop, items, { options, ports });
  await dropSink(dynamoStore({ client, table, signal: ports.signal }), items, drop);
  ports.print(`dropped ${drop}\n`);
}

function listOf(items: readonly Item[], configured: readonly string[]): string {
  const recorded = recordedSinks(items);
  if (recorded.length === 0) return 'The ledger has no groups.\n';
  const rows = recorded.map(({ sink, account, groups }) => [
    sink,
    account,
    String(groups),
    configured.includes(sink) ? 'yes' : 'no',
  ]);
  return `${terminalTable([['sink', 'account', 'groups', 'in cdk.json'], ...rows])}\n`;
}

function demandDroppable(sink: string, items: readonly Item[], { configured }: SinksPorts): void {
  if (configured.includes(sink))
    throw new UserError(
      `--drop: expected a sink that is no longer in cdk.json, got "${sink}": to empty it, set "retired": true and wait for the next complete runs; to keep its groups, remove it from sinks and deploy`,
    );
  const known = [...new Set(recordedSinks(items).map((recorded) => recorded.sink))];
  if (known.includes(sink)) return;
  throw new UserError(
    `--drop: expected a sink that the ledger knows, ${known.length > 0 ? `one of ${known.join(', ')}` : 'and it knows none'}, got "${sink}"`,
  );
}

interface Confirmation {
  readonly options: SinksOptions;
  readonly ports: SinksPorts;
}

async function demandConfirmed(sink: string, items: readonly Item[], { options, ports }: Confirmation) {
  if (options.yes) return;
  const own = recordedSinks(items).filter((recorded) => recorded.sink === sink);
  const groups = own.reduce((sum, recorded) => sum + recorded.groups, 0);
  const answer = await ports.ask(
    `Remove the record of ${groups} groups at ${sink}? The groups stay published there, and no run will delete them. [y/N] `,
  );
  if (answer === undefined)
    throw new UserError('--drop: expected --yes, because there is no terminal to ask on');
  if (!/^y(es)?$/i.test(answer.trim())) throw new UserError('nothing was dropped');
}
