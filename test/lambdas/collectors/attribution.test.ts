import fc from 'fast-check';
import type { AttributionRule } from '../../../lambdas/catalog/attribution';
import { attribute, type RuleAnswer } from '../../../lambdas/collectors/user-costs/attribution';
import { sumUsd, type Usd } from '../../../lambdas/domain/amounts';
import { anyCents, dollars } from '../../support/amounts';

const LIVING = [
  { name: 'alice', id: 'AIDAALICE' },
  { name: 'carol-renamed', id: 'AIDACAROL' },
];
const row = (value: string, amount = '1') => ({ value, region: 'eu-west-1', usd: dollars(amount) });

test.each([
  ['owner-tag', 'a$b', 'a$b', 'owner-tag', false],
  ['owner-tag', 'IAMUser:AIDAALICE:alice', 'IAMUser:AIDAALICE:alice', 'owner-tag', false],
  ['owner-tag', '', '__unattributed__', 'none', false],
  ['owner-tag', '__other__', '__unattributed__', 'none', false],
  ['created-by', 'IAMUser:AIDAALICE:alice', 'alice', 'created-by', false],
  ['created-by', ' IAMUser : AIDACAROL : carol ', 'carol-renamed', 'created-by', false],
  ['created-by', 'IAMUser:AIDADEAD:alice', 'AIDADEAD', 'created-by', false],
  ['created-by', 'IAMUser::alice', 'IAMUser::alice', 'created-by', false],
  ['created-by', 'AssumedRole : AROAROLE : session', 'AROAROLE:session', 'created-by', true],
  ['created-by', 'AssumedRole:AROAROLE', 'AROAROLE', 'created-by', true],
  ['created-by', 'AssumedRole::session', 'AssumedRole::session', 'created-by', false],
  ['created-by', 'IAMUser', 'IAMUser', 'created-by', false],
  ['created-by', 'Root:111122223333', 'Root:111122223333', 'created-by', false],
  ['created-by', 'FederatedUser:111122223333:alice', 'FederatedUser:111122223333:alice', 'created-by', false],
  ['created-by', ' : : ', '__unattributed__', 'none', false],
] as const)('%s %j belongs to %s', (rule, value, owner, method, session) => {
  expect(attribute([{ rule, rows: [row(value)] }], LIVING)).toEqual([
    { owner, method, session, region: 'eu-west-1', usd: dollars(1) },
  ]);
});

/** Costs with both tags. */
const worlds = fc.array(
  fc.record({
    usd: anyCents,
    region: fc.constantFrom('eu-west-1', 'global'),
    'owner-tag': fc.constantFrom('', 'alice', 'bob', '__other__', 'a$b'),
    'created-by': fc.constantFrom(
      '',
      'IAMUser:AIDAALICE:alice',
      'IAMUser:AIDADEAD:bob',
      'AssumedRole:AROA:s',
      'Root:1',
    ),
  }),
);
const order = fc.constantFrom<AttributionRule[]>(
  ['owner-tag'],
  ['created-by'],
  ['owner-tag', 'created-by'],
  ['created-by', 'owner-tag'],
);

test('any order of rules conserves the total and counts no dollar twice', () => {
  fc.assert(
    fc.property(worlds, order, (world, rules) => {
      const attributed = attribute(answersOf(world, rules), LIVING);
      const sum = (rows: readonly { usd: Usd }[]) => sumUsd(rows.map(({ usd }) => usd)).toNumber();
      expect(sum(attributed)).toBe(sum(world));
      const first = rules[0] ?? 'owner-tag';
      const matched = world.filter((dollar) => dollar[first] !== '' && dollar[first] !== '__other__');
      expect(sum(attributed.filter(({ method }) => method === first))).toBe(sum(matched));
    }),
  );
});

type World = readonly (Record<AttributionRule, string> & { usd: Usd; region: string })[];

function answersOf(world: World, rules: readonly AttributionRule[]): RuleAnswer[] {
  return rules.map((rule, index) => {
    const earlier = rules.slice(0, index);
    const rest = world.filter((dollar) => earlier.every((other) => dollar[other] === ''));
    return { rule, rows: rest.map(({ usd, region, [rule]: value }) => ({ value, region, usd })) };
  });
}
