import { smallBill } from '../bills';
import { healthOf, named } from '../contents';
import { ended, limitSeconds } from '../limit';
import type { Row } from '../row';
import { inScene } from '../scene';

export const TIME_LIMIT_ROWS: readonly Row[] = [
  {
    row: 'timeout near while reading',
    waits: true,
    injected: 'resource costs: no answer; a short limit',
    expected: 'user costs pushed, incomplete = 1',
    run: () =>
      inScene(async (scene) => {
        const timeoutSeconds = await limitSeconds();
        const ran = await scene.run('user-costs', {
          faults: [{ action: 'ce:GetCostAndUsageWithResources', kind: 'hang' }],
          timeoutSeconds,
        });
        const contents = await scene.contents();
        expect(named(contents, 'aws_user_billed_cost_usd').length).toBeGreaterThan(0);
        expect(healthOf(contents, 'user-costs')).toEqual({
          incomplete: 1,
          successAt: undefined,
          failures: ['resource_costs timeout'],
        });
        return `resource_costs timeout; ${ended(ran, timeoutSeconds)}`;
      }),
  },
  {
    row: 'timeout near while pushing',
    waits: true,
    injected: 'late answer of AWS, hang at half of the groups; a short limit',
    expected: 'other groups pushed, incomplete = 1',
    run: () =>
      inScene(async (scene) => {
        const timeoutSeconds = await limitSeconds();
        const { url } = await scene.proxy({ faults: [{ kind: 'hang', job: /^IAM_User_Resource/ }] });
        const bill = smallBill({ regions: 6, resourcesPerUser: 6 });
        // Reading ends shortly before its deadline, so that little time is left to push.
        const ms = 1_000 * Math.min(timeoutSeconds - 23, 15);
        const faults = [{ action: 'ce:GetCostAndUsageWithResources', kind: 'delay' as const, ms }];
        const ran = await scene.run('user-costs', { bill, faults, gatewayUrl: url, timeoutSeconds });
        const contents = await scene.contents();
        const pushed = contents.groups.filter((job) => job.startsWith('IAM_User'));
        expect(ran.error?.errorType).toBe('IncompleteRunError');
        expect([...new Set(pushed.map((job) => job.replace(/_[^_]+$/, '')))]).toEqual([
          'IAM_User_Total_Services_Cost_List',
        ]);
        const { failures, ...health } = healthOf(contents, 'user-costs');
        expect(health).toEqual({ incomplete: 1, successAt: undefined });
        // The gateway's own limit of an attempt or the end of the run comes first.
        expect(failures.filter((failure) => !/^push (gateway|timeout)$/.test(failure))).toEqual([]);
        return `${failures.join(', ')}; ${pushed.length} of 16 groups; ${ended(ran, timeoutSeconds)}`;
      }),
  },
  {
    row: 'timeout near while listing users',
    waits: true,
    injected: 'iam:ListUsers: one byte every 50 ms; a short limit',
    expected: 'old inventory kept, incomplete = 1',
    run: () =>
      inScene(async (scene) => {
        const timeoutSeconds = await limitSeconds();
        await scene.run('iam-users');
        const before = named(await scene.contents(), 'aws_iam_user_info').length;
        const faults = [{ action: 'iam:ListUsers', kind: 'drip' as const }];
        const ran = await scene.run('iam-users', { faults, timeoutSeconds });
        const contents = await scene.contents();
        expect(named(contents, 'aws_iam_user_info')).toHaveLength(before);
        expect(healthOf(contents, 'iam-users')).toMatchObject({ incomplete: 1, failures: ['users timeout'] });
        return `users timeout; ${before} users kept; ${ended(ran, timeoutSeconds)}`;
      }),
  },
];
