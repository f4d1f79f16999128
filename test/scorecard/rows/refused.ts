import type { AwsFault } from '../../../lib/local/aws/server';
import { billOf, ownedBy, smallBill } from '../bills';
import { healthOf, named } from '../contents';
import type { Row } from '../row';
import { inScene } from '../scene';

export const REFUSED_ROWS: readonly Row[] = [
  {
    row: 'tags of one Region denied',
    injected: 'eu-west-1: tag:GetResources AccessDenied',
    expected: 'Region named, others pushed, run fails',
    run: () =>
      inScene(async (scene) => {
        const faults: AwsFault[] = [{ action: 'tag:GetResources', region: 'eu-west-1', kind: 'deny' }];
        const bill = smallBill({ regions: 3 });
        await scene.run('user-costs', { bill });
        const complete = (await scene.contents()).groups.filter((job) => !job.startsWith('tollgate'));
        await scene.gateway.stop();
        await scene.gateway.start();
        const ran = await scene.run('user-costs', { bill, faults });
        const contents = await scene.contents();
        expect(ran.error?.errorMessage).toContain('resource_costs eu-west-1');
        expect(healthOf(contents, 'user-costs').failures).toEqual(['resource_costs denied']);
        const missing = complete.filter((job) => !contents.groups.includes(job));
        expect(missing).toEqual(['IAM_User_Resource_List_Cost_eu-west-1']);
        return `resource_costs denied; ${complete.length - 1} of ${complete.length} groups pushed`;
      }),
  },
  {
    row: 'CE off, denied, without data',
    injected: 'these three answers, one after another',
    expected: 'not_enabled, denied, no_data',
    run: async () => {
      const reasons = await Promise.all((['not-enabled', 'deny', 'no-data'] as const).map(reasonOf));
      expect(reasons).toEqual(['not_enabled', 'denied', 'no_data']);
      return reasons.join(', ');
    },
  },
  {
    row: 'CE has no resource data',
    injected: 'resources: DataUnavailableException',
    expected: 'complete; resource data: available = 0',
    run: () =>
      inScene(async (scene) => {
        const ran = await scene.run('user-costs', { resourceDataEnabled: false });
        const contents = await scene.contents();
        expect(ran.error).toBeUndefined();
        expect(named(contents, 'tollgate_resource_data_available')[0]?.value).toBe(0);
        expect(named(contents, 'aws_user_resource_billed_cost_usd')).toEqual([]);
        return 'complete; available = 0';
      }),
  },
  {
    row: 'CE has no forecast',
    injected: 'accounts: DataUnavailableException, after a run with one',
    expected: 'complete; forecast: available = 0, group kept',
    run: () =>
      inScene(async (scene) => {
        const seen = async (forecastAvailable: boolean) => {
          const { error } = await scene.run('accounts', {
            bill: smallBill({ months: 0 }),
            forecastAvailable,
          });
          const contents = await scene.contents();
          const bounds = named(contents, 'aws_account_month_forecast_billed_cost_usd').length;
          return [error, named(contents, 'tollgate_forecast_available')[0]?.value, bounds];
        };
        expect([await seen(true), await seen(false)]).toEqual([
          [undefined, 1, 3],
          [undefined, 0, 3],
        ]);
        return 'complete; available = 1, then 0; 3 of 3 series kept';
      }),
  },
  {
    row: 'IAM denied',
    injected: 'both functions: iam:ListUsers AccessDenied',
    expected: 'both failures named, resources pushed',
    run: () =>
      inScene(async (scene) => {
        const options = { denied: ['iam:ListUsers'] };
        const ran = await Promise.all([scene.run('iam-users', options), scene.run('user-costs', options)]);
        const contents = await scene.contents();
        expect(ran.map(({ failures }) => failures)).toEqual([['users denied'], ['user_costs denied']]);
        expect(named(contents, 'aws_user_resource_billed_cost_usd').length).toBeGreaterThan(0);
        expect(named(contents, 'aws_user_billed_cost_usd')).toEqual([]);
        return 'users denied, user_costs denied; resources pushed';
      }),
  },
  {
    row: 'IAM throttled',
    injected: 'every other ListUsers: Throttling',
    expected: 'complete',
    run: () =>
      inScene(async (scene) => {
        const faults: AwsFault[] = [{ action: 'iam:ListUsers', kind: 'throttle', turns: [1, 3, 5] }];
        const ran = await scene.run('iam-users', { faults, inventoryPageSize: 2 });
        expect(ran.error).toBeUndefined();
        expect(named(await scene.contents(), 'aws_iam_user_info')).toHaveLength(smallBill().users.length);
        return `complete, ${ran.requests.length} requests`;
      }),
  },
  {
    row: 'credentials expired',
    injected: 'every AWS call: ExpiredTokenException',
    expected: 'failure named, only health pushed',
    run: () =>
      inScene(async (scene) => {
        const faults = ['ce:*', 'iam:*', 'tag:*'].map((action) => ({
          action,
          kind: 'expired-credentials' as const,
        }));
        const ran = await Promise.all([
          scene.run('iam-users', { faults }),
          scene.run('user-costs', { faults }),
        ]);
        for (const { error } of ran)
          expect(error?.errorMessage).toContain('security token included in the request is expired');
        expect((await scene.contents()).groups).toEqual(['tollgate', 'tollgate']);
        return ran.flatMap(({ failures }) => failures).join(', ');
      }),
  },
];

async function reasonOf(kind: 'not-enabled' | 'deny' | 'no-data'): Promise<string> {
  return inScene(async (scene) => {
    const faults: AwsFault[] = [{ action: 'ce:*', kind }];
    await scene.run('user-costs', { bill: billOf([ownedBy('ana')]), faults });
    const { failures } = healthOf(await scene.contents(), 'user-costs');
    return failures.find((failure) => failure.startsWith('user_costs'))?.split(' ')[1] ?? 'none';
  });
}
