import { smallBill } from '../bills';
import { healthOf, named } from '../contents';
import type { Row } from '../row';
import { inScene } from '../scene';

const LIMIT = 30;

export const TIME_LIMIT_ROWS: readonly Row[] = [
  {
    row: 'timeout near while reading',
    injected: 'resource costs: no answer; 30 s limit',
    expected: 'in time, user costs pushed, incomplete = 1',
    run: () =>
      inScene(async (scene) => {
        const ran = await scene.run('user-costs', {
          faults: [{ action: 'ce:GetCostAndUsageWithResources', kind: 'hang' }],
          timeoutSeconds: LIMIT,
        });
        const contents = await scene.contents();
        expect(named(contents, 'aws_user_billed_cost_usd').length).toBeGreaterThan(0);
        expect(healthOf(contents, 'user-costs')).toEqual({
          incomplete: 1,
          successAt: undefined,
          failures: ['resource_costs timeout'],
        });
        expect(ran.seconds).toBeLessThan(LIMIT - 5);
        return `resource_costs timeout; ${ran.seconds.toFixed(0)} s of ${LIMIT}`;
      }),
  },
  {
    row: 'timeout near while pushing',
    injected: 'gateway takes 2.5 s a group; 30 s limit',
    expected: 'in time, first groups pushed, incomplete = 1',
    run: () =>
      inScene(async (scene) => {
        const { url } = await scene.proxy({ faults: [{ kind: 'delay', ms: 2_500, job: /^IAM_User/ }] });
        const bill = smallBill({ regions: 6, resourcesPerUser: 6 });
        const ran = await scene.run('user-costs', { bill, gatewayUrl: url, timeoutSeconds: LIMIT });
        const contents = await scene.contents();
        const pushed = contents.groups.filter((job) => job.startsWith('IAM_User')).length;
        expect(ran.error?.errorType).toBe('IncompleteRunError');
        expect(pushed).toBeGreaterThan(0);
        expect(pushed).toBeLessThan(16);
        expect(healthOf(contents, 'user-costs')).toEqual({
          incomplete: 1,
          successAt: undefined,
          failures: ['push timeout'],
        });
        expect(ran.seconds).toBeLessThan(LIMIT - 5);
        return `push timeout; ${pushed} of 16 groups; ${ran.seconds.toFixed(0)} s of ${LIMIT}`;
      }),
  },
  {
    row: 'timeout near, inventory',
    injected: 'iam:ListUsers drips; 30 s limit',
    expected: 'in time, old inventory stays, incomplete = 1',
    run: () =>
      inScene(async (scene) => {
        await scene.run('iam-users');
        const before = named(await scene.contents(), 'aws_iam_user_info').length;
        const faults = [{ action: 'iam:ListUsers', kind: 'drip' as const }];
        const ran = await scene.run('iam-users', { faults, timeoutSeconds: LIMIT });
        const contents = await scene.contents();
        expect(named(contents, 'aws_iam_user_info')).toHaveLength(before);
        expect(healthOf(contents, 'iam-users')).toMatchObject({ incomplete: 1, failures: ['users timeout'] });
        expect(ran.seconds).toBeLessThan(LIMIT - 5);
        return `users timeout; ${before} users kept; ${ran.seconds.toFixed(0)} s of ${LIMIT}`;
      }),
  },
];
