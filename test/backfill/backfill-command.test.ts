import { backfillCommand } from '../../bin/backfill-command';
import type { BackfillFlags } from '../../lib/backfill/command';
import { labelsAt } from '../../lib/backfill/receiver';
import { readSettings } from '../../lib/config';

test('flags are converted to their types', async () => {
  expect(await read('--months', '3', '--yes', '--max-usd', '0.50', '--out', '-')).toMatchObject({
    months: 3,
    yes: true,
    maxUsd: 0.5,
    out: '-',
  });
  expect(await read()).toMatchObject({ months: 13, yes: false, maxUsd: 5 });
});

test.each([
  ['--months 14', '--months: expected a whole number from 1 to 13, got "14"'],
  ['--max-usd 1,50', '--max-usd: expected an amount in USD such as 5 or 0.50, got "1,50"'],
  ['--max-usd 0.001', '--max-usd: expected an amount in USD such as 5 or 0.50, got "0.001"'],
  ['--remote-write prometheus:9090', /^--remote-write: expected an http or https URL such as/],
  [
    '--remote-write https://aps-workspaces.eu-west-1.amazonaws.com/workspaces/ws-1/api/v1/remote_write',
    /^--remote-write: expected a receiver that accepts old samples, got .* older than one hour/,
  ],
  ['--out /dev/null', '--out: expected a new file or a regular file, or - for stdout, got "/dev/null"'],
  ['--out lib', '--out: expected a new file or a regular file, or - for stdout, got "lib"'],
  ['--remote-write http://a --out b', /'--remote-write <url>' cannot be used with option '--out <file>'$/],
])('%s is refused', async (flags, message) => {
  await expect(read(...flags.split(' '))).rejects.toThrow(message);
});

test('the help fits eighty columns', () => {
  const help = backfillCommand(async () => {})
    .configureOutput({ getOutHelpWidth: () => 80 })
    .helpInformation();
  expect(help.split('\n').filter((line) => line.length > 80)).toEqual([]);
});

test('the past has the labels of the sink with the URL, or else of the first sink that is not retired', () => {
  const settings = readSettings({
    sinks: [
      { type: 'stdout' },
      {
        type: 'pushgateway',
        url: 'https://old.example.com',
        retired: true,
        groupingLabels: { instance: 'old' },
      },
      { type: 'pushgateway', url: 'https://gateway.example.com', groupingLabels: { instance: 'blue' } },
      { type: 'remote-write', url: 'https://mimir.example.com/push', groupingLabels: { instance: 'green' } },
    ],
  });
  expect(labelsAt(settings)).toEqual({ instance: 'blue' });
  expect(labelsAt(settings, 'https://mimir.example.com/push')).toEqual({ instance: 'green' });
  expect(labelsAt(settings, 'https://other.example.com')).toEqual({ instance: 'blue' });
  expect(labelsAt(readSettings({ sinks: [{ type: 'stdout' }] }))).toEqual({});
  expect(labelsAt({ ...settings, deployment: 'a' })).toEqual({ deployment: 'a', instance: 'blue' });
});

async function read(...flags: string[]): Promise<BackfillFlags | undefined> {
  let given: BackfillFlags | undefined;
  const command = backfillCommand(async (read) => {
    given = read;
  });
  await command
    .exitOverride()
    .configureOutput({ writeErr: () => {} })
    .parseAsync(flags, { from: 'user' });
  return given;
}
