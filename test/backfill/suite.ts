import { awsAccess } from '../../lambdas/aws/access';
import { requestMeter } from '../../lambdas/aws/request-meter';
import type { SettingsInput } from '../../lambdas/catalog/settings';
import type { PastSuite } from '../../lib/backfill/suite';
import { readSettings } from '../../lib/config';

export const ACCOUNT = '111122223333';

/** Access whose Cost Explorer must not be called. */
export const AWS = awsAccess(requestMeter(0), new AbortController().signal, {
  region: 'eu-west-1',
  credentials: { accessKeyId: 'a', secretAccessKey: 'b', sessionToken: '' },
});

/** Returns a suite of one account with one user, without a network. */
export function suiteWith(settings: Partial<SettingsInput> = {}): PastSuite {
  return {
    settings: readSettings({ sinks: [{ type: 'stdout' }], ...settings }),
    partition: 'aws',
    labels: {},
    oldest: '2025-02-01',
    accounts: [
      {
        accountId: ACCOUNT,
        isMember: false,
        aws: AWS,
        today: {
          users: async () => [{ name: 'ana', id: 'AIDA1' }],
          organization: async (accountId) => ({ accounts: [{ accountId, name: '', state: 'ACTIVE' }] }),
        },
      },
    ],
  };
}
