import { settingsTable } from '../../lib/docs/settings-table';

test('a setting without which the others are refused is required, though a deprecated one may stand for it', () => {
  const defaults = Object.fromEntries(
    [...settingsTable().matchAll(/^\| `([^`]+)` \| (\S+) \|/gm)].map(([, key = '', fallback]) => [
      key,
      fallback,
    ]),
  );
  expect(defaults).toMatchObject({
    sinks: 'required',
    pushgateway: 'none',
    costDays: '`14`',
    'digest.webhookSecretArn': 'required',
  });
});
