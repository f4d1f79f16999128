import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LEDGER_ACTIONS } from '../../../lambdas/catalog/ledger';
import { dynamoStore } from '../../../lambdas/ledger/dynamo-store';
import { ofClosedAccount } from '../../../lambdas/ledger/left-behind';
import { type Claim, takeRun } from '../../../lambdas/ledger/take-run';
import { type SinksOptions, sinks } from '../../../lib/ledger/sinks';
import type { LedgerItems } from '../../../lib/local/aws/dynamodb/item';
import { LEDGER_TABLE } from '../../../lib/local/aws/dynamodb/operations';
import { clients, simulate, stopAll } from '../../local/aws/simulation';

const ACCOUNT = '111122223333';
const MEMBER = '222233334444';
const FORMER = 'https://former.example.com';
const CURRENT = 'https://gateway.example.com';
const NOW = new Date('2026-03-15T06:00:00Z');
const signal = new AbortController().signal;

afterEach(stopAll);

let client: DynamoDBClient;
let items: LedgerItems;
let printed: string;
let asked: string[];
beforeEach(async () => {
  items = new Map();
  const callers = [
    { accessKeyId: 'AKIACOLLECTOR', name: 'person', actions: [...LEDGER_ACTIONS, 'dynamodb:Scan'] },
  ];
  client = clients(await simulate({ ledger: { items, pageSize: 3 }, callers })).dynamodb;
  printed = '';
  asked = [];
});

test('lists the groups of each sink and account, and whether the sink is in the settings', async () => {
  await recorded(ACCOUNT, { [FORMER]: ['a', 'b'], [CURRENT]: ['a'] });
  await recorded(MEMBER, { [CURRENT]: ['a', 'b', 'c'] });
  await command({});
  expect(printed).toBe(`sink                              account  groups  in cdk.json
https://former.example.com   111122223333       2  no
https://gateway.example.com  111122223333       1  yes
https://gateway.example.com  222233334444       3  yes
`);
});

test('an empty ledger has no groups', async () => {
  await command({});
  expect(printed).toBe('The ledger has no groups.\n');
});

test('drops everything that the ledger has of a sink, and nothing else', async () => {
  await recorded(ACCOUNT, { [FORMER]: ['a', 'b'], [CURRENT]: ['a'] });
  await (await ofClosedAccount(store(), MEMBER, FORMER)).deleted();
  expect(contents()).toContain(FORMER);
  await command({ drop: FORMER }, 'y');
  expect(asked).toEqual([
    `Remove the record of 2 groups at ${FORMER}? The groups stay published there, and no run will delete them. [y/N] `,
  ]);
  expect(printed).toBe(`dropped ${FORMER}\n`);
  expect(contents()).not.toContain(FORMER);
  const turn = await taken(ACCOUNT);
  expect([turn.owned.length, turn.recordedSinks]).toEqual([1, [CURRENT]]);
});

test('a run under way keeps its turn while a sink is dropped', async () => {
  await recorded(ACCOUNT, { [FORMER]: ['a'], [CURRENT]: ['a'] });
  const turn = await taken(ACCOUNT);
  await command({ drop: FORMER, yes: true });
  expect([asked, await turn.isHeld()]).toEqual([[], true]);
});

test.each<[string, string | undefined, string]>([
  ['another answer', 'n', 'nothing was dropped'],
  ['no answer', '', 'nothing was dropped'],
  ['no terminal', undefined, '--drop: expected --yes, because there is no terminal to ask on'],
])('%s drops nothing', async (_, answer, message) => {
  await recorded(ACCOUNT, { [FORMER]: ['a'] });
  await expect(command({ drop: FORMER }, answer)).rejects.toThrow(message);
  expect(contents()).toContain(FORMER);
});

test('a sink of the settings is not dropped, and the error says what to do', async () => {
  await recorded(ACCOUNT, { [CURRENT]: ['a'] });
  await expect(command({ drop: CURRENT, yes: true })).rejects.toThrow(
    `--drop: expected a sink that is no longer in cdk.json, got "${CURRENT}": to empty it, set "retired": true and wait for the next complete runs; to keep its groups, remove it from sinks and deploy`,
  );
  expect(contents()).toContain(CURRENT);
});

test('an unknown sink is an error that lists the known ones', async () => {
  await recorded(ACCOUNT, { [FORMER]: ['a'] });
  await expect(command({ drop: 'https://x', yes: true })).rejects.toThrow(
    `--drop: expected a sink that the ledger knows, one of ${FORMER}, got "https://x"`,
  );
});

test('a table that does not exist, or that may not be read, is an error with its name', async () => {
  await expect(command({ table: 'Other' })).rejects.toThrow(
    'table Other: ResourceNotFoundException: Requested resource not found',
  );
});

const store = () => dynamoStore({ client, table: LEDGER_TABLE, signal });

function command(options: Partial<SinksOptions>, answer?: string): Promise<void> {
  return sinks(
    { table: LEDGER_TABLE, ...options },
    {
      configured: [CURRENT],
      print: (text) => {
        printed += text;
      },
      ask: async (question) => {
        asked.push(question);
        return answer;
      },
      signal,
      client,
    },
  );
}

/** Records a complete run with these jobs at each sink. */
async function recorded(accountId: string, jobs: Readonly<Record<string, readonly string[]>>): Promise<void> {
  const turn = await taken(accountId);
  for (const [sink, names] of Object.entries(jobs))
    await turn.at(sink).record(names.map((job) => ({ job, groupingKey: { account_id: accountId } })));
  const recordedSinks = Object.keys(jobs);
  await turn.end({ outcome: 'complete', failures: [], covers: [], unavailableSince: {}, recordedSinks });
}

async function taken(accountId: string) {
  const run: Claim = {
    collector: 'services',
    accountId,
    scheduledTime: NOW,
    leaseUntil: NOW,
    now: NOW,
    replace: true,
  };
  const answer = await takeRun(store(), run);
  if (answer.kind === 'run') return answer.turn;
  throw new Error(`expected a turn, got ${answer.kind}`);
}

function contents(): string {
  return JSON.stringify([...items.values()]);
}
