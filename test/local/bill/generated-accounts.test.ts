import Big from 'big.js';
import type { Bill, Charge } from '../../../lib/local/bill/bill';
import { type GeneratedBillOptions, generateBill } from '../../../lib/local/bill/generated';

const OPTIONS: GeneratedBillOptions = {
  seed: 1,
  users: 20,
  regions: 4,
  resourcesPerUser: 5,
  ownerTag: 'Owner',
  days: 15,
  asOf: new Date('2026-03-15T06:00:00Z'),
};

const BILL = generateBill(OPTIONS);
const DETAILED_SINCE = '2026-02-28';

const unique = (values: Iterable<string>) => [...new Set(values)];
const sumOf = (charges: readonly Charge[], amount: 'usd' | 'effectiveUsd') =>
  charges.reduce((sum, charge) => sum.plus(charge[amount]), new Big(0)).toFixed();

test('the months before the detailed days have charges on every day, without resources and tags', () => {
  const before = BILL.charges.filter(({ day }) => day < DETAILED_SINCE);
  const days = unique(before.map(({ day }) => day)).sort();
  expect([days[0], days.at(-1), days.length]).toEqual(['2025-02-01', '2026-02-27', 392]);
  expect(unique(before.map(({ resourceId, tags }) => JSON.stringify([resourceId, tags])))).toEqual([
    '["",{}]',
  ]);
  const ofOneDay = before.filter(({ day }) => day === '2025-07-07');
  expect(ofOneDay.length).toBeGreaterThan(20);
  const kinds = ofOneDay.map(({ service, region, recordType }) => `${service} ${region} ${recordType}`);
  expect(unique(kinds)).toHaveLength(ofOneDay.length);
});

test('the history has the services, Regions and charge types of today, except refunds', () => {
  const kindsOn = (wanted: string) =>
    unique(
      BILL.charges
        .filter(({ day }) => day === wanted)
        .map(({ service, region, recordType }) => `${service} ${region} ${recordType}`),
    ).sort();
  expect(kindsOn('2025-07-07')).toEqual(kindsOn('2026-03-13'));
  expect(kindsOn('2026-03-13').filter((kind) => kind.endsWith('Refund'))).toEqual([]);
});

test('the cost of the account grows over the months', () => {
  const usdOf = (month: string) =>
    Number(
      sumOf(
        BILL.charges.filter(({ day }) => day.startsWith(month)),
        'usd',
      ),
    );
  expect(usdOf('2026-01')).toBeGreaterThan(1.1 * usdOf('2025-03'));
});

test('the number of months does not change the detailed days', () => {
  const detailed = ({ charges }: Bill) =>
    charges
      .filter(({ day, recordType }) => day >= DETAILED_SINCE && !recordType.startsWith('SavingsPlan'))
      .map(({ day, resourceId, usd }) => `${day} ${resourceId} ${usd}`);
  expect(detailed(generateBill({ ...OPTIONS, months: 2 }))).toEqual(detailed(BILL));
});

test('effective cost equals billed cost, except for usage under a Savings Plan, which is billed the day after', () => {
  const ofPlan = BILL.charges.filter(({ recordType }) => recordType.startsWith('SavingsPlan'));
  const others = BILL.charges.filter((charge) => !ofPlan.includes(charge));
  expect(others.filter(({ usd, effectiveUsd }) => usd !== effectiveUsd)).toEqual([]);
  const on = (day: string) => ofPlan.filter((charge) => charge.day === day);
  expect(sumOf(on('2026-03-10'), 'effectiveUsd')).toBe(sumOf(on('2026-03-11'), 'usd'));
  expect(ofPlan.filter(({ usd, effectiveUsd }) => usd !== '0' && effectiveUsd !== '0')).toEqual([]);
  expect(sumOf(ofPlan, 'effectiveUsd')).not.toBe(sumOf(ofPlan, 'usd'));
});

test('usage has a usage type of its Region, an exact quantity and a unit; credits and tax have no quantity', () => {
  expect(BILL.charges.filter(({ quantity }) => !/^\d+(\.\d+)?$/.test(quantity))).toEqual([]);
  const shown = unique(
    BILL.charges
      .filter(({ service, recordType }) => /Compute$|Tax/.test(service) && /Usage|Tax/.test(recordType))
      .filter(({ usageType }) => !usageType.includes('Spot'))
      .filter(({ day }) => day === '2026-03-14')
      .map(({ region, usageType, quantity, unit }) => [region, usageType, quantity, unit].join('|')),
  );
  expect(shown).toEqual(
    expect.arrayContaining([
      'eu-west-1|EU-BoxUsage:t3.micro|24|Hrs',
      'us-east-1|BoxUsage:t3.micro|24|Hrs',
      'eu-central-1|EUC1-BoxUsage:m5.large|24|Hrs',
      'NoRegion||0|',
    ]),
  );
  const credits = BILL.charges.filter(({ recordType, day }) => recordType === 'Credit' && day > '2026-03-01');
  expect(unique(credits.map(({ quantity }) => quantity))).toEqual(['0']);
});

test('two thirds of the charges with an owner have a project, including odd names', () => {
  const owned = BILL.resources.filter(({ tags }) => 'Owner' in tags);
  const projects = owned.flatMap(({ tags }) => tags.Project ?? []);
  expect(unique(projects).sort()).toEqual(['Zürich', 'a$b', 'atlas', 'billing api', 'data-lake'].sort());
  expect(Math.abs(projects.length / owned.length - 2 / 3)).toBeLessThan(0.1);
  const renamed = generateBill({ ...OPTIONS, projectTag: 'team' });
  expect(renamed.resources.flatMap(({ tags }) => tags.team ?? [])).toEqual(projects);
});

test('the instances are those of the bill; some are stopped, and some run under a role', () => {
  const ids = unique(BILL.charges.map(({ resourceId }) => resourceId)).filter((id) => id.startsWith('i-'));
  expect(BILL.instances.map(({ instanceId }) => instanceId).sort()).toEqual(ids.sort());
  expect(unique(BILL.instances.map(({ state }) => state)).sort()).toEqual(['running', 'stopped']);
  const profiles = BILL.roles.map(({ instanceProfileArn }) => instanceProfileArn);
  const used = BILL.instances.map(({ instanceProfileArn }) => instanceProfileArn);
  expect(used.every((profile) => profiles.includes(profile))).toBe(true);
  expect([used.includes(undefined), used.some((profile) => profile !== undefined)]).toEqual([true, true]);
});

test('there is one role per two users, and roles of kinds that are hard to read', () => {
  expect(BILL.roles.length).toBe(OPTIONS.users / 2 + 5);
  for (const { roleName, roleId, path, arn } of BILL.roles) {
    expect(roleId).toMatch(/^AROA[A-Z2-7]{17}$/);
    expect(arn).toBe(`arn:aws:iam::111122223333:role${path}${roleName}`);
  }
  const services = unique(BILL.roles.flatMap(({ trustedServices }) => trustedServices));
  expect(services).toEqual(expect.arrayContaining(['lambda.amazonaws.com', 'ecs-tasks.amazonaws.com']));
  const statements = BILL.roles.flatMap(({ trust }) => (trust ? [JSON.stringify(trust.Statement)] : []));
  expect(statements).toEqual([
    '[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":"*"}]',
    '{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":"lambda.amazonaws.com"}}',
    '[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"AWS":["arn:aws:iam::444455556666:root","555566667777"]}}]',
  ]);
  const unused = BILL.roles.filter(({ lastUsed }) => !lastUsed).map(({ roleName }) => roleName);
  expect(unused).toEqual(['never-used', 'never-launched']);
});

test('without members there is no organization', () => {
  expect([BILL.organization, BILL.members]).toEqual([undefined, []]);
});

test('each member has a small account of its own, and one more account is closed', () => {
  const { organization, members, charges, ...own } = generateBill({ ...OPTIONS, months: 1, members: 2 });
  expect(organization).toEqual({
    managementAccountId: '111122223333',
    accounts: [
      { id: '111122223333', name: 'Example Corp', state: 'ACTIVE' },
      { id: '222233334444', name: 'Data Platform', state: 'ACTIVE' },
      { id: '333344445555', name: 'Web Shop', state: 'ACTIVE' },
      { id: '999900001111', name: 'Retired Lab', state: 'CLOSED' },
    ],
  });
  expect(members.map(({ accountId, name, users }) => [accountId, name, users.length])).toEqual([
    ['222233334444', 'Data Platform', 3],
    ['333344445555', 'Web Shop', 3],
  ]);
  expect(unique(charges.map(({ accountId }) => accountId))).toEqual([
    own.accountId,
    ...members.map(({ accountId }) => accountId),
  ]);
  const ids = [own, ...members].flatMap(({ users }) => users.map(({ userId }) => userId));
  expect(unique(ids)).toHaveLength(ids.length);
  for (const { accountId, users, roles } of members)
    for (const { arn } of [...users, ...roles]) expect(arn).toContain(`::${accountId}:`);
});

test('the number of members does not change the management account', () => {
  const { charges, users, resources, roles, instances } = generateBill({ ...OPTIONS, members: 1 });
  const own = charges.filter(({ accountId }) => accountId === BILL.accountId);
  expect({ charges: own, users, resources, roles, instances }).toEqual({
    charges: BILL.charges,
    users: BILL.users,
    resources: BILL.resources,
    roles: BILL.roles,
    instances: BILL.instances,
  });
});

test('any number of members have distinct ids', () => {
  const many = generateBill({ ...OPTIONS, users: 0, regions: 1, days: 1, months: 0, members: 40 });
  const ids = many.organization?.accounts.map(({ id }) => id) ?? [];
  expect(unique(ids)).toHaveLength(42);
  for (const id of ids) expect(id).toMatch(/^\d{12}$/);
});

test('Regions with cost and the Regions of every account are switched on', () => {
  expect(BILL.enabledRegions).toEqual(
    expect.arrayContaining(unique(BILL.instances.map(({ region }) => region))),
  );
  expect(BILL.enabledRegions).toHaveLength(17);
  expect(BILL.enabledRegions).not.toContain('af-south-1');
});
