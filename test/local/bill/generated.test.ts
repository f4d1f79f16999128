import Big from 'big.js';
import type { Bill, Charge } from '../../../lib/local/bill/bill';
import {
  GENERATED_REGIONS,
  type GeneratedBillOptions,
  generateBill,
} from '../../../lib/local/bill/generated';
import { cpuMs, TIMES_FOR_TENFOLD } from '../../support/cpu';

const OPTIONS: GeneratedBillOptions = {
  seed: 1,
  users: 40,
  regions: 4,
  resourcesPerUser: 5,
  ownerTag: 'Owner',
  days: 14,
  months: 0,
  asOf: new Date('2026-03-15T06:00:00Z'),
};

const BILL = generateBill(OPTIONS);

const unique = (values: Iterable<string>) => [...new Set(values)];
const ownerOf = ({ tags }: Charge) => tags.Owner ?? '';
const names = ({ users }: Bill) => users.map(({ userName }) => userName);

test('equal options make equal bills, and another seed makes another bill', () => {
  expect(generateBill(OPTIONS)).toEqual(BILL);
  expect(generateBill({ ...OPTIONS, seed: 2 }).charges).not.toEqual(BILL.charges);
});

test('charges cover exactly the full UTC days before midnight', () => {
  const days = unique(BILL.charges.map(({ day }) => day)).sort();
  expect([days.length, days[0], days.at(-1)]).toEqual([14, '2026-03-01', '2026-03-14']);
});

test('the first Region is eu-west-1, and the number of Regions is the given one', () => {
  const regions = unique(BILL.charges.map(({ region }) => region));
  expect(regions.sort()).toEqual([...GENERATED_REGIONS.slice(0, 4), 'NoRegion', 'global'].sort());
  expect(GENERATED_REGIONS[0]).toBe('eu-west-1');
});

test('user names are valid in IAM, and unique ignoring case', () => {
  const many = names(generateBill({ ...OPTIONS, users: 3000, resourcesPerUser: 0, days: 1 }));
  expect(unique(many.map((name) => name.toLowerCase()))).toHaveLength(3000);
  for (const name of many) expect(name).toMatch(/^[A-Za-z0-9+=,.@_-]{1,64}$/);
  for (const character of '+=,.@_-') expect(many.some((name) => name.includes(character))).toBe(true);
});

test('users have consistent ids, paths, ARNs and times', () => {
  for (const { userId, path, arn, userName, createDate, passwordLastUsed = createDate } of BILL.users) {
    expect(userId).toMatch(/^AIDA[A-Z2-7]{17}$/);
    expect(path).toMatch(/^\/([a-z]+\/)*$/);
    expect(arn).toBe(`arn:aws:iam::111122223333:user${path}${userName}`);
    expect(createDate.getTime()).toBeLessThanOrEqual(passwordLastUsed.getTime());
    expect(passwordLastUsed.getTime()).toBeLessThanOrEqual(OPTIONS.asOf.getTime());
  }
  expect(unique(BILL.users.map(({ path }) => path)).length).toBeGreaterThan(2);
  expect(new Set(BILL.users.map(({ passwordLastUsed }) => passwordLastUsed === undefined)).size).toBe(2);
});

test('some users own nothing, and one owner is not a user', () => {
  const owners = unique(BILL.charges.map(ownerOf)).filter((owner) => owner !== '');
  const idle = names(BILL).filter((name) => !owners.includes(name));
  const departed = owners.filter((owner) => !names(BILL).includes(owner));
  expect([idle.length, departed.length]).toEqual([2, 1]);
});

test('owners with as many resources as there are Regions have cost in each Region', () => {
  const regions = GENERATED_REGIONS.slice(0, 4);
  const owners = unique(BILL.charges.map(ownerOf)).filter((owner) => owner !== '');
  const seen = new Set(BILL.charges.map((charge) => `${ownerOf(charge)} ${charge.region}`));
  const wanted = owners.flatMap((owner) => regions.map((region) => `${owner} ${region}`));
  expect(wanted.filter((pair) => !seen.has(pair))).toEqual([]);
});

test('amounts are exact decimals of up to ten digits, and differ from day to day', () => {
  for (const { usd } of BILL.charges) expect(usd).toMatch(/^-?\d+(\.\d{1,10})?$/);
  expect(BILL.charges.some(({ usd }) => /\.\d{10}$/.test(usd))).toBe(true);
  const [{ resourceId = '' } = {}] = BILL.charges;
  const amounts = BILL.charges.filter((charge) => charge.resourceId === resourceId).map(({ usd }) => usd);
  expect([amounts.length, unique(amounts).length]).toEqual([14, 14]);
});

test('each kind of resource has its id, most of them instances', () => {
  const ids = unique(BILL.charges.map(({ resourceId }) => resourceId)).filter((id) => id !== '');
  const instances = ids.filter((id) => /^i-0[0-9a-f]{16}$/.test(id));
  expect(instances.length).toBeGreaterThan(ids.length / 2);
  for (const id of [/^vol-0/, /^arn:aws:lambda:/, /^arn:aws:rds:/, /-data-/, /^arn:aws:route53:::/])
    expect(ids.some((candidate) => id.test(candidate))).toBe(true);
});

test('every Region has unattributed cost, with a resource and without', () => {
  for (const region of GENERATED_REGIONS.slice(0, 4)) {
    const unowned = BILL.charges.filter((charge) => charge.region === region && ownerOf(charge) === '');
    const usage = unowned.filter(({ recordType }) => recordType === 'Usage');
    expect(new Set(usage.map(({ resourceId }) => resourceId === ''))).toEqual(new Set([true, false]));
  }
});

test('credits and refunds are negative, some with an owner and some unattributed; tax has no Region', () => {
  const negative = BILL.charges.filter(({ usd }) => new Big(usd).lt(0));
  const shown = unique(negative.map((charge) => `${charge.recordType} ${ownerOf(charge) !== ''}`)).sort();
  expect(shown).toEqual(['Credit false', 'Credit true', 'Refund false', 'Refund true']);
  expect(BILL.charges.filter(({ recordType }) => recordType === 'Tax')).toContainEqual(
    expect.objectContaining({ region: 'NoRegion', service: 'Tax', resourceId: '' }),
  );
});

test('the inventory has each tagged resource once, in its Region; global resources are in us-east-1', () => {
  const arns = BILL.resources.map(({ arn }) => arn);
  expect(unique(arns)).toHaveLength(arns.length);
  expect(BILL.resources.every(({ tags }) => Object.keys(tags).length > 0)).toBe(true);
  expect(BILL.resources.some(({ tags }) => !('Owner' in tags))).toBe(true);
  expect(BILL.resources.find(({ arn }) => arn.includes('hostedzone'))?.region).toBe('us-east-1');
  const tagged = BILL.charges.filter(
    ({ resourceId, tags }) => resourceId.startsWith('i-') && 'Owner' in tags,
  );
  const inventory = new Map(BILL.resources.map((resource) => [resource.arn, resource]));
  for (const { resourceId, region, tags } of tagged) {
    const arn = `arn:aws:ec2:${region}:111122223333:instance/${resourceId}`;
    expect(inventory.get(arn)).toEqual({ arn, region, tags });
  }
});

test('the time to generate a bill grows linearly with the users', async () => {
  const withUsers = (users: number) => cpuMs(() => generateBill({ ...OPTIONS, users, resourcesPerUser: 10 }));
  const small = await withUsers(20);
  expect(await withUsers(200)).toBeLessThan(small * TIMES_FOR_TENFOLD);
});

test('an account may have no users and no resources', () => {
  const { users, charges } = generateBill({ ...OPTIONS, users: 0, resourcesPerUser: 0, regions: 1, days: 1 });
  expect([users.length, charges.length > 0]).toEqual([0, true]);
});

test.each([
  ['regions', 0, `regions to be a whole number from 1 to ${GENERATED_REGIONS.length}, got 0`],
  ['regions', 99, `regions to be a whole number from 1 to ${GENERATED_REGIONS.length}, got 99`],
  ['users', 1.5, 'users to be a whole number from 0'],
  ['days', 0, 'days to be a whole number from 1'],
  ['months', 39, 'months to be a whole number from 0 to 38, got 39'],
  ['members', -1, 'members to be a whole number from 0'],
])('%s of %p is refused', (name, value, message) => {
  expect(() => generateBill({ ...OPTIONS, [name]: value })).toThrow(`generated bill: expected ${message}`);
});
