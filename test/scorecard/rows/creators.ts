import type { AttributionRule } from '../../../lambdas/catalog/attribution';
import type { Charge } from '../../../lib/local/bill/bill';
import { billOf, iamUser, ownedBy, windowTotal } from '../bills';
import { named, sumOf } from '../contents';
import { once } from '../once';
import type { Row } from '../row';
import { inScene } from '../scene';

/** All rule sets that use creators. */
const RULES = [['created-by'], ['owner-tag', 'created-by']] as const;

/** Charges for things that ana, ben and cleo created. One of ana's has dora's tag, and one charge is unattributed. */
const CHARGES: readonly Partial<Charge>[] = [
  { ...createdBy('IAMUser:AIDAANA:ana'), usd: '3.1' },
  { ...createdBy('IAMUser : AIDABEN : ben'), usd: '4.01' },
  { ...createdBy('IAMUser:AIDACLEO:cleo'), usd: '5.001' },
  { tags: { ...createdBy('IAMUser:AIDAANA:ana').tags, ...ownedBy('dora').tags }, usd: '6.0001' },
  { usd: '7.00001' },
];
const BEFORE = billOf(CHARGES, { users: ['ana', 'ben', 'cleo'].map((name) => iamUser(name)) });

/** A bill after three changes: ana is renamed to anna, ben is a new user who created something, and cleo is deleted. */
const AFTER = billOf([...CHARGES, { ...createdBy('IAMUser:AIDABEN2:ben'), usd: '0.5' }], {
  users: [iamUser('anna', 'AIDAANA'), iamUser('ben', 'AIDABEN2')],
});

export const CREATOR_ROWS: readonly Row[] = [
  {
    row: 'creator renamed',
    injected: 'aws:createdBy names ana; IAM has her id as anna',
    expected: 'full cost under the new name, none under the old',
    run: async () => {
      const seen = await bothRuleSets();
      expect(seen.map(({ before }) => [before.ana, before.anna])).toEqual([
        [9.1001, undefined],
        [3.1, undefined],
      ]);
      expect(seen.map(({ after }) => [after.ana, after.anna])).toEqual([
        [undefined, 9.1001],
        [undefined, 3.1],
      ]);
      return 'ana 9.1001, then anna 9.1001; after tags 3.1';
    },
  },
  {
    row: 'creator recreated',
    injected: 'ben is deleted and created again: a new id',
    expected: 'old cost under the old id, none under the name',
    run: async () => {
      const seen = await bothRuleSets();
      expect(seen.map(({ before }) => [before.ben, before.AIDABEN])).toEqual([
        [4.01, undefined],
        [4.01, undefined],
      ]);
      expect(seen.map(({ after }) => [after.ben, after.AIDABEN])).toEqual([
        [0.5, 4.01],
        [0.5, 4.01],
      ]);
      return 'ben 4.01, then AIDABEN 4.01 and ben 0.5';
    },
  },
  {
    row: 'creator deleted',
    injected: 'cleo is deleted from IAM',
    expected: 'her cost under her id',
    run: async () => {
      const seen = await bothRuleSets();
      expect(seen.map(({ before, after }) => [before.cleo, after.cleo, after.AIDACLEO])).toEqual([
        [5.001, undefined, 5.001],
        [5.001, undefined, 5.001],
      ]);
      return 'cleo 5.001, then AIDACLEO 5.001';
    },
  },
  {
    row: 'creators add up',
    injected: 'renamed, recreated and deleted at once',
    expected: 'every owner found, total equals the bill',
    run: async () => {
      const [byCreator, byTagFirst] = await bothRuleSets();
      const same = { ben: 0.5, AIDABEN: 4.01, AIDACLEO: 5.001, __unattributed__: 7.00001 };
      expect(byCreator?.after).toEqual({ ...same, anna: 9.1001 });
      expect(byTagFirst?.after).toEqual({ ...same, anna: 3.1, dora: 6.0001 });
      const total = windowTotal(AFTER).toNumber();
      for (const { sum, gap } of [byCreator, byTagFirst].flatMap((seen) => seen ?? [])) {
        expect(sum).toBeCloseTo(total, 9);
        expect(gap).toBe(0);
      }
      return `${total} USD with both rule sets, gaps 0`;
    },
  },
];

/** Resolves with the owners' costs before and after, for each rule set; the rows share these runs. */
const bothRuleSets = once(() => Promise.all(RULES.map(beforeAndAfter)));

async function beforeAndAfter(rules: readonly AttributionRule[]) {
  return inScene(async (scene) => {
    const settings = { attribution: [...rules] };
    const costs = async (bill: typeof BEFORE) => {
      expect((await scene.run('user-costs', { bill, settings })).error).toBeUndefined();
      const lines = named(await scene.contents(), 'aws_user_billed_cost_usd');
      return Object.fromEntries(lines.map(({ labels, value }) => [labels.user_name, value]));
    };
    const before: Record<string, number> = await costs(BEFORE);
    const after: Record<string, number> = await costs(AFTER);
    const contents = await scene.contents();
    const sum = sumOf(contents, 'aws_user_billed_cost_usd');
    return { before, after, sum, gap: sumOf(contents, 'tollgate_breakdown_gap_usd') };
  });
}

function createdBy(creator: string): Pick<Charge, 'tags'> {
  return { tags: { 'aws:createdBy': creator } };
}
