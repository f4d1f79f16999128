import { billOf, iamUser, ownedBy, windowTotal } from '../bills';
import { type Contents, named, sumOf } from '../contents';
import type { Row } from '../row';
import { inScene, type Scene } from '../scene';
import { runComplete } from '../suite';

const ANA = { ...ownedBy('ana'), usd: '3' };
const BEN = { ...ownedBy('ben'), usd: '4', resourceId: 'i-0b2' };
const BEFORE = billOf([ANA, BEN], { users: [iamUser('ana'), iamUser('ben'), iamUser('idle')] });

export const PEOPLE_ROWS: readonly Row[] = [
  {
    row: 'user deleted',
    injected: 'ben (with cost) and idle (without) are deleted',
    expected: 'not in inventory; cost stays while the window has it',
    run: () =>
      inScene(async (scene) => {
        await both(scene, BEFORE);
        const after = await both(scene, { ...BEFORE, users: [iamUser('ana')] });
        expect(inventory(after)).toEqual(['ana AIDAANA']);
        expect(costs(after)).toEqual({ __unattributed__: 0, ana: 3, ben: 4 });
        const later = await both(scene, billOf([ANA], { users: [iamUser('ana')] }));
        expect(costs(later)).toEqual({ __unattributed__: 0, ana: 3 });
        return 'inventory: ana; costs: ana 3, ben 4, then ana 3';
      }),
  },
  {
    row: 'user recreated',
    injected: 'ana is deleted and created again: a new id',
    expected: 'new id once, no cost lost or doubled',
    run: () =>
      inScene(async (scene) => {
        await both(scene, BEFORE);
        const after = await both(scene, { ...BEFORE, users: [iamUser('ana', 'AIDANEW')] });
        expect(inventory(after)).toEqual(['ana AIDANEW']);
        expect(costs(after)).toEqual({ __unattributed__: 0, ana: 3, ben: 4 });
        return 'inventory: ana AIDANEW; costs: ana 3, ben 4';
      }),
  },
  {
    row: 'user renamed',
    injected: 'ana is renamed to anna; her tags keep the old name',
    expected: 'inventory: new name; costs: name in the tag',
    run: () =>
      inScene(async (scene) => {
        await both(scene, BEFORE);
        const after = await both(scene, { ...BEFORE, users: [iamUser('anna', 'AIDAANA')] });
        expect(inventory(after)).toEqual(['anna AIDAANA']);
        expect(costs(after)).toEqual({ __unattributed__: 0, ana: 3, anna: 0, ben: 4 });
        expect(sumOf(after, 'aws_user_billed_cost_usd')).toBe(windowTotal(BEFORE).toNumber());
        return 'inventory: anna; costs: ana 3, anna 0, ben 4';
      }),
  },
  {
    row: 'Region switched off',
    injected: 'us-east-1 has no cost any more',
    expected: 'its groups deleted after one run',
    run: () =>
      inScene(async (scene) => {
        await both(scene, billOf([ANA, { ...BEN, region: 'us-east-1' }]));
        const before = (await scene.contents()).groups.filter((job) => job.endsWith('us-east-1'));
        const after = await both(scene, billOf([ANA]));
        expect(before).toHaveLength(2);
        expect(after.groups.filter((job) => job.endsWith('us-east-1'))).toEqual([]);
        return '2 groups of us-east-1, then 0';
      }),
  },
];

function both(scene: Scene, bill: typeof BEFORE): Promise<Contents> {
  return runComplete(scene, ['iam-users', 'user-costs'], { bill });
}

function inventory(contents: Contents): string[] {
  return named(contents, 'aws_iam_user_info')
    .map(({ labels }) => `${labels.user_name} ${labels.user_id}`)
    .sort();
}

function costs(contents: Contents): Record<string, number> {
  return Object.fromEntries(
    named(contents, 'aws_user_billed_cost_usd').map(({ labels, value }) => [labels.user_name, value]),
  );
}
