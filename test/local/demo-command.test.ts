import { demoCommand } from '../../bin/demo-command';
import type { DemoOptions } from '../../lib/local/demo-options';

test('without flags the account is small and the demo stays up', async () => {
  expect(await read()).toEqual({
    once: false,
    rounds: 1,
    users: 20,
    regions: 4,
    resources: 5,
    members: 0,
    seed: 1,
    gateway: true,
    deny: [],
    resourceData: true,
  });
});

test('flags are converted to their types', async () => {
  const flags = '--once --pages --at 2026-03-01 --attribution owner-tag,created-by --no-resource-data';
  const denied = '--deny ce:GetCostAndUsage --deny iam:ListUsers';
  expect(await read(...`${flags} ${denied} --gateway-url http://127.0.0.1:9091/`.split(' '))).toMatchObject({
    once: true,
    pages: 40,
    at: new Date('2026-03-01'),
    attribution: ['owner-tag', 'created-by'],
    resourceData: false,
    deny: ['ce:GetCostAndUsage', 'iam:ListUsers'],
    gatewayUrl: 'http://127.0.0.1:9091',
  });
  expect(await read('--pages', '7')).toMatchObject({ pages: 7 });
});

test.each([
  ['--users x', '--users: expected a whole number from 1, got "x"'],
  ['--regions 36', '--regions: expected a whole number from 1 to 35, got "36"'],
  ['--history -1', '--history: expected a whole number from 0 to 365, got "-1"'],
  ['--port 70000', '--port: expected a whole number from 1 to 65535, got "70000"'],
  ['--at yesterday', /^--at: expected a day such as .*, got "yesterday"$/],
  ['--gateway-url localhost:9091', /^--gateway-url: expected an http or https URL such as/],
  ['--deny foo', /^--deny: expected one of .*ce:GetCostAndUsage, .*, got "foo"$/],
  ['--deny ce:GetCostsAndUsage', /^--deny: .*; did you mean ce:GetCostAndUsage\?$/],
  ['--focus a.csv --users 3', "error: option '--focus <file>' cannot be used with option '--users <n>'"],
  ['--focus a.csv --at 2026-03-01', /'--focus <file>' cannot be used with option '--at <time>'$/],
  ['--once --port 8000', /'--port <n>' cannot be used with option '--once'$/],
  ['--history 3 --no-gateway', /'--history <days>' cannot be used with option '--no-gateway'$/],
  [
    '--history 3 --gateway-url http://a',
    /'--history <days>' cannot be used with option '--gateway-url <url>'$/,
  ],
  ['--gateway-url http://a --no-gateway', /'--gateway-url <url>' cannot be used with option '--no-gateway'$/],
  ['--user 3', /^error: unknown option '--user'\n\(Did you mean --users\?\)$/],
  ['extra', /^error: too many arguments/],
])('%s is refused', async (flags, message) => {
  await expect(read(...flags.split(' '))).rejects.toThrow(message);
});

test('the help fits eighty columns', () => {
  const help = demoCommand(async () => {})
    .configureOutput({ getOutHelpWidth: () => 80 })
    .helpInformation();
  expect(help.split('\n').filter((line) => line.length > 80)).toEqual([]);
});

async function read(...flags: string[]): Promise<DemoOptions | undefined> {
  let options: DemoOptions | undefined;
  const command = demoCommand(async (given) => {
    options = given;
  });
  await command
    .exitOverride()
    .configureOutput({ writeErr: () => {} })
    .parseAsync(flags, { from: 'user' });
  return options;
}
