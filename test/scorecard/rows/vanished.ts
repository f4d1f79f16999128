import type { CollectorName } from '../../../lambdas/catalog/collectors';
import { type AccountState, BILL_ACCOUNT_ID, type Bill } from '../../../lib/local/bill/bill';
import { MEMBER_ID, memberOf, organizationBill, roleOf } from '../../support/bill';
import { withMembers } from '../../support/deployment';
import { billOf, NOON } from '../bills';
import { type Contents, named, ofAccount, sumOf } from '../contents';
import type { Row } from '../row';
import { inScene } from '../scene';
import { runComplete } from '../suite';

/** An account that is closed from the start. */
const RETIRED_ID = '999900001111';

const PROFILE = `arn:aws:iam::${BILL_ACCOUNT_ID}:instance-profile/web`;
const WEB = roleOf('web', { instanceProfileArn: PROFILE, trustedServices: ['ec2.amazonaws.com'] });

export const VANISHED_ROWS: readonly Row[] = [
  {
    row: 'account closed',
    injected: 'a member is suspended in Organizations',
    expected: 'groups of other collectors deleted after one run; months stay',
    run: () =>
      inScene(async (scene) => {
        const whileActive = { ...withMembers({ accountIds: [MEMBER_ID] }), bill: organization('ACTIVE') };
        const before = await runComplete(scene, ['accounts', 'services', 'tags'], whileActive);
        const after = await runComplete(scene, ['accounts'], { bill: organization('SUSPENDED') });
        expect(jobsOf(ofAccount(before, MEMBER_ID))).toEqual([
          'Linked_Accounts',
          'Services_Cost_eu-west-1',
          'TaggingResourceList_eu-west-1',
          'Total_Account_Cost',
          'tollgate',
          'tollgate_success',
        ]);
        for (const id of [MEMBER_ID, RETIRED_ID])
          expect(jobsOf(ofAccount(after, id))).toEqual(['Linked_Accounts', 'Total_Account_Cost']);
        expect(jobsOf(ofAccount(after, BILL_ACCOUNT_ID))).toEqual(jobsOf(ofAccount(before, BILL_ACCOUNT_ID)));
        expect([after.ghosts, sumOf(after, 'tollgate_breakdown_gap_usd')]).toEqual([[], 0]);
        return '6 jobs of the member, then 2; gap 0';
      }),
  },
  {
    row: 'Region switched off, other collectors',
    injected: 'us-east-1 is not enabled and has no cost',
    expected: 'groups of services, tags and roles deleted after one run',
    run: () =>
      inScene(async (scene) => {
        const collectors: CollectorName[] = ['services', 'tags', 'roles'];
        const before = await runComplete(scene, collectors, { bill: regions('eu-west-1', 'us-east-1') });
        const after = await runComplete(scene, collectors, { bill: regions('eu-west-1') });
        expect(jobsIn(before, 'us-east-1')).toEqual([
          'IAM-roles-service-data_us-east-1',
          'Services_Cost_us-east-1',
          'TaggingResourceList_us-east-1',
        ]);
        expect(jobsIn(after, 'us-east-1')).toEqual([]);
        expect(jobsIn(after, 'eu-west-1')).toEqual(jobsIn(before, 'eu-west-1'));
        return '3 groups of us-east-1, then 0';
      }),
  },
  {
    row: 'role deleted',
    injected: 'web is deleted from IAM; its instance keeps running',
    expected: 'role gone, with what ran under it',
    run: () =>
      inScene(async (scene) => {
        const bill = regions('eu-west-1');
        const before = await runComplete(scene, ['roles'], {
          bill: { ...bill, roles: [WEB, roleOf('worker')] },
        });
        const after = await runComplete(scene, ['roles'], { bill: { ...bill, roles: [roleOf('worker')] } });
        const seen = [before, after].map((contents) => [
          values(contents, 'aws_iam_role_info', 'role_name'),
          values(contents, 'aws_role_resource_info', 'role_name'),
        ]);
        expect(seen).toEqual([
          [
            ['web', 'worker'],
            ['web', 'worker'],
          ],
          [['worker'], ['worker']],
        ]);
        expect(jobsIn(after, 'eu-west-1')).toEqual([]);
        return 'web and worker, then worker';
      }),
  },
  {
    row: 'project without cost',
    injected: 'the last charge of done leaves; $a$b$ stays',
    expected: 'its series gone; $ in a name unchanged',
    run: () =>
      inScene(async (scene) => {
        const before = await runComplete(scene, ['projects'], { bill: projects('$a$b$', 'done') });
        const after = await runComplete(scene, ['projects'], { bill: projects('$a$b$') });
        expect([before, after].map((contents) => byProject(contents))).toEqual([
          { '': 2, $a$b$: 1.5, done: 1.5 },
          { '': 2, $a$b$: 1.5 },
        ]);
        expect(values(after, 'aws_project_service_billed_cost_usd', 'project')).toEqual(['', '$a$b$']);
        return '$a$b$ and done, then $a$b$';
      }),
  },
];

function organization(state: AccountState): Bill {
  const { organization: listed, ...bill } = organizationBill({ asOf: NOON });
  const accounts = listed?.accounts.map((account) =>
    account.id === MEMBER_ID ? { ...account, state } : account,
  );
  const arn = `arn:aws:ec2:eu-west-1:${MEMBER_ID}:instance/i-0a`;
  return {
    ...bill,
    charges: chargesOfAccounts(),
    members: [memberOf({ state, resources: [{ arn, region: 'eu-west-1', tags: {} }] })],
    ...(listed && { organization: { ...listed, accounts: accounts ?? [] } }),
  };
}

/** Returns charges of the management account, the member and the closed account. */
function chargesOfAccounts(): Bill['charges'] {
  const lines = [{}, { accountId: MEMBER_ID, usd: '2' }, { accountId: RETIRED_ID, usd: '3' }];
  return billOf(FORTNIGHT.flatMap((day) => lines.map((line) => ({ day, ...line })))).charges;
}

/** Days of history that are enough for a forecast. */
const FORTNIGHT = Array.from({ length: 14 }, (_, i) => `2026-03-${String(i + 1).padStart(2, '0')}`);

/** Returns a bill where only these Regions are switched on; each has cost, a tagged resource and an instance. */
function regions(...enabledRegions: readonly string[]): Bill {
  const everywhere = ['eu-west-1', 'us-east-1'];
  return billOf(
    enabledRegions.map((region) => ({ region })),
    {
      enabledRegions,
      roles: [WEB],
      instances: everywhere.map((region) => ({
        region,
        instanceId: `i-0${region}`,
        state: 'running',
        instanceProfileArn: PROFILE,
      })),
      resources: everywhere.map((region) => ({ region, arn: `arn:aws:sqs:${region}:1:q`, tags: {} })),
    },
  );
}

function projects(...names: readonly string[]): Bill {
  return billOf([...names.map((Project) => ({ tags: { Project }, usd: '1.5' })), { usd: '2' }]);
}

function byProject(contents: Contents): Record<string, number> {
  const lines = named(contents, 'aws_project_billed_cost_usd');
  return Object.fromEntries(lines.map(({ labels, value }) => [labels.project ?? '', value]));
}

function values(contents: Contents, metric: string, label: string): string[] {
  return [...new Set(named(contents, metric).map(({ labels }) => labels[label] ?? ''))].sort();
}

function jobsOf({ series }: Contents): string[] {
  return [...new Set(series.map(({ labels }) => labels.job ?? ''))].sort();
}

function jobsIn({ groups }: Contents, region: string): string[] {
  return groups.filter((job) => job.endsWith(`_${region}`));
}
