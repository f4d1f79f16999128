import { billOf, iamUser, ownedBy, windowTotal } from '../bills';
import { facts, named, sumOf } from '../contents';
import type { Row } from '../row';
import { inScene } from '../scene';

export const NAME_ROWS: readonly Row[] = [
  {
    row: 'a user without a name',
    injected: 'ListUsers: one user with an empty name',
    expected: 'bad_answer in both functions, nothing pushed',
    run: () =>
      inScene(async (scene) => {
        const bill = billOf([ownedBy('ana')], { users: [iamUser('ana'), iamUser('', 'AIDANAMELESS')] });
        const ran = [await scene.run('iam-users', { bill }), await scene.run('user-costs', { bill })];
        expect(ran.map(({ failures }) => failures)).toEqual([
          ['users bad_answer'],
          ['user_costs bad_answer'],
        ]);
        expect(named(await scene.contents(), 'aws_user_billed_cost_usd')).toEqual([]);
        return ran.flatMap(({ failures }) => failures).join(', ');
      }),
  },
  {
    row: 'two lone surrogates in a Region',
    injected: 'owners and resources \\ud800 and \\ud801',
    expected: 'complete, merged as U+FFFD, exact sum',
    run: () =>
      inScene(async (scene) => {
        const bill = billOf(
          ['\ud800', '\ud801'].map((name) => ({ ...ownedBy(name), resourceId: name, usd: '1.25' })),
        );
        const ran = await scene.run('user-costs', { bill });
        expect(ran.error).toBeUndefined();
        const contents = await scene.contents();
        const owners = named(contents, 'aws_user_billed_cost_usd');
        expect(owners.find(({ labels }) => labels.user_name === '\ufffd')?.value).toBe(2.5);
        expect(sumOf(contents, 'aws_user_resource_billed_cost_usd')).toBe(windowTotal(bill).toNumber());
        return 'complete; 2.50 USD of U+FFFD';
      }),
  },
  {
    row: 'label values that collide',
    injected: 'project a,service:b + c; project a + b,service:c',
    expected: 'failure names both, old values stay',
    run: () =>
      inScene(async (scene) => {
        const settings = { projectTag: 'Project' };
        const charge = (project: string, service: string) => ({
          tags: { Project: project },
          service,
          usd: '1',
        });
        await scene.run('projects', { bill: billOf([charge('a', 'b')]), settings });
        const before = facts(await scene.contents());
        const bill = billOf([charge('a,service:b', 'c'), charge('a', 'b,service:c')]);
        const ran = await scene.run('projects', { bill, settings });
        expect(ran.error?.errorMessage).toMatch(/expected labels that prom-client can distinguish, got/);
        expect(facts(await scene.contents())).toEqual(before);
        return ran.failures?.join(', ') ?? '';
      }),
  },
];
