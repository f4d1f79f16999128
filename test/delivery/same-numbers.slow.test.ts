import Big from 'big.js';
import { CLOSED_STATES } from '../../lambdas/catalog/account-states';
import { OTHER, UNATTRIBUTED } from '../../lambdas/catalog/metrics';
import { digest } from '../../lambdas/collectors/digest/collector';
import { instantQuery } from '../../lambdas/collectors/digest/prometheus';
import { is, noneOf, once, series } from '../../lambdas/promql/selector';
import { aggregate, type Vector } from '../../lambdas/promql/vector';
import { ruleGroups } from '../../lib/alerts/all';
import { DELIVERIES, type Origin } from '../../lib/alerts/origin';
import { readSettings } from '../../lib/config';
import { dashboardModels } from '../../lib/dashboards/all';
import type { Bill } from '../../lib/local/bill/bill';
import { dayOf, firstOfMonth } from '../../lib/local/bill/day';
import { generateBill } from '../../lib/local/bill/generated';
import { expressions } from '../support/expressions';
import { memoryStore } from '../support/memory-store';
import { runSuite } from './suite-run';
import { type ThreeDeliveries, threeDeliveries } from './three-deliveries';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The day of the last run before the changes. */
const TODAY = Date.parse('2026-03-16T00:00:00Z');
/** Days of runs before that, so that a week can be compared. */
const PAST_DAYS = 7;
/** The end of each day's run. */
const RUN_AT = 7 * HOUR + 3 * MINUTE;

/** Times after the run at which every query is compared. */
const AFTER: readonly (readonly [string, number])[] = [
  ['a minute', MINUTE],
  ['six minutes', 6 * MINUTE],
  ['23 hours', 23 * HOUR],
];

const SETTINGS = readSettings({
  sinks: [{ type: 'stdout' }],
  budgetUsd: 1_000,
  projectUsageTypes: ['atlas'],
});

const BILL = generateBill({
  seed: 5,
  users: 8,
  regions: 2,
  resourcesPerUser: 2,
  ownerTag: 'Owner',
  days: 31 + PAST_DAYS,
  asOf: new Date(TODAY + 2 * DAY),
  members: 2,
});

const ORIGINS = Object.keys(DELIVERIES) as Origin[];

let three: ThreeDeliveries;
const ledger = memoryStore();

beforeAll(async () => {
  three = await threeDeliveries();
  for (let day = TODAY - PAST_DAYS * DAY; day <= TODAY; day += DAY) await runDay(day, BILL);
});

test.each(AFTER)('%s after the run, every query has the same answer from all three', async (_, after) => {
  await demandSame(new Date(TODAY + RUN_AT + after));
});

test('graphs over days have the same lines from all three', async () => {
  const asked = queries().filter(({ isRange }) => isRange);
  expect(asked.length).toBeGreaterThan(5);
  for (const { name, expr } of asked) {
    const answers = await fromAll(
      expr,
      (query) => `query_range?${query}&start=${(TODAY - 6 * DAY) / 1000}&end=${TODAY / 1000}&step=86400`,
    );
    expect([name, answers.exporter, answers['remote-write']]).toEqual([
      name,
      answers.pushgateway,
      answers.pushgateway,
    ]);
    expect([name, answers.pushgateway.length]).not.toEqual([name, 0]);
  }
});

describe('after a user is deleted, an account is suspended and small users are aggregated', () => {
  const TOMORROW = TODAY + DAY;
  const AT = new Date(TOMORROW + RUN_AT + MINUTE);
  const [deleted = ''] = BILL.users
    .map(({ userName }) => userName)
    .filter((name) => costOf(ownedBy(name), TODAY) > 0);
  const suspended = BILL.members[0]?.accountId ?? '';
  const changed = withoutUser(withSuspended(BILL, suspended), deleted);

  beforeAll(async () => {
    await runDay(TOMORROW, changed, { ...SETTINGS, maxInventory: BILL.users.length - 3 });
  });

  test('every sum is that of the bill, one minute after the run', async () => {
    const costs = (matchers = {}) => aggregate('sum', once(series('aws_user_billed_cost_usd', matchers)));
    const own = (bill: Bill) => bill.charges.filter(({ accountId }) => accountId === bill.accountId);
    const total = await sumFromAll(costs(), AT);
    expect(total).toBe(costIn(own(changed), TOMORROW).toFixed(4));
    const unattributed = await sumFromAll(costs({ user_name: is(UNATTRIBUTED) }), AT);
    expect(unattributed).toBe(
      costIn(
        own(changed).filter(({ tags }) => !tags.Owner),
        TOMORROW,
      ).toFixed(4),
    );
    expect(Number(await sumFromAll(costs({ user_name: is(OTHER) }), AT))).toBeGreaterThan(0);
    expect(await sumFromAll(costs({ user_name: is(deleted) }), AT)).toBe('none');
    const open = series('aws_account_info', { state: noneOf(CLOSED_STATES) });
    expect(await sumFromAll(aggregate('count', once(open)), AT)).toBe(Number(BILL.members.length).toFixed(4));
    const months = aggregate('sum', once(series('aws_account_month_billed_cost_usd')));
    const first = firstOfMonth(dayOf(new Date(TOMORROW - DAY)), -12);
    const onInvoice = changed.charges.filter(({ day }) => first <= day && day < dayOf(new Date(TOMORROW)));
    expect(await sumFromAll(months, AT)).toBe(sumOf(onInvoice).toFixed(4));
  });

  test.each(AFTER)('%s after the run, every query has the same answer from all three', async (_, after) => {
    await demandSame(new Date(TOMORROW + RUN_AT + after));
  });

  function ownedBy(name: string) {
    return BILL.charges.filter(({ tags }) => tags.Owner === name);
  }

  function costOf(charges: Bill['charges'], day: number): number {
    return Number(costIn(charges, day));
  }
});

test('the digest reports the same from all three', async () => {
  const at = new Date(TODAY + RUN_AT + 6 * MINUTE);
  const [first, ...others] = await Promise.all(ORIGINS.map((origin) => digestFrom(origin, at)));
  expect(first).toMatchObject({ freshness: { state: 'read', incomplete: [], stale: [] } });
  expect(others).toEqual([first, first]);
});

/** Runs the suite on a day, and stores the scrapes of the minutes that queries read until the next run. */
async function runDay(day: number, bill: Bill, settings = SETTINGS): Promise<void> {
  const end = day + RUN_AT;
  await runSuite({ bill, settings, sinks: three.sinks, ledger, at: new Date(end) });
  await three.scrape(scrapesAfter(end));
}

/** Prometheus scrapes every minute. Minutes that no query reads are omitted, because they would change no answer. */
function scrapesAfter(end: number): Date[] {
  const midnight = Math.ceil(end / DAY) * DAY;
  const around = [end + 7 * MINUTE, midnight, end + 23 * HOUR];
  return around.flatMap((last) =>
    Array.from({ length: 7 }, (_, i) => new Date(last - (6 - i) * MINUTE - 20_000)),
  );
}

async function demandSame(at: Date): Promise<void> {
  const asked = queries();
  expect(asked.length).toBeGreaterThan(150);
  let answered = 0;
  for (const { name, expr } of asked) {
    const answers = await fromAll(expr, (query) => `query?${query}&time=${at.getTime() / 1000}`);
    expect([name, answers.exporter, answers['remote-write']]).toEqual([
      name,
      answers.pushgateway,
      answers.pushgateway,
    ]);
    if (answers.pushgateway.length > 0) answered += 1;
  }
  expect(answered).toBeGreaterThan(120);
}

interface Asked {
  readonly name: string;
  readonly expr: Readonly<Record<Origin, string>>;
  readonly isRange: boolean;
}

/** Returns every query of the dashboards and of the alerts, in the form of each origin. */
function queries(): Asked[] {
  const forms = ORIGINS.map((origin) => [origin, queriesFor(origin)] as const);
  const [[, first] = ['', []]] = forms;
  return first.map(({ name, isRange }, i) => ({
    name,
    isRange,
    expr: Object.fromEntries(forms.map(([origin, of]) => [origin, of[i]?.expr ?? ''])) as Asked['expr'],
  }));
}

function queriesFor(origin: Origin) {
  const delivery = DELIVERIES[origin];
  const panels = dashboardModels(SETTINGS, delivery).flatMap(({ name, model }) => {
    const ranges = new Set(
      (model.panels ?? []).filter(({ type }) => type === 'timeseries').map(({ title }) => title),
    );
    return expressions(model).map(({ title, expr }) => ({
      name: `${name}: ${title}`,
      expr,
      isRange: ranges.has(title),
    }));
  });
  // The delivery of each origin has its own alerts.
  const rules = ruleGroups(SETTINGS, origin).filter(({ name }) => name !== 'delivery');
  const alerts = rules.flatMap(({ rules }) =>
    rules.map(({ alert, when }) => ({ name: alert, expr: when.expr(delivery), isRange: false })),
  );
  return [...panels, ...alerts];
}

type Answers = Readonly<Record<Origin, readonly string[]>>;

async function fromAll(expr: Asked['expr'], path: (query: URLSearchParams) => string): Promise<Answers> {
  const answers = ORIGINS.map(async (origin) => {
    const query = path(new URLSearchParams({ query: expr[origin] }));
    return [origin, await ask(`${three.servers[origin].url}/api/v1/${query}`)] as const;
  });
  return Object.fromEntries(await Promise.all(answers)) as Record<Origin, string[]>;
}

interface Element {
  readonly metric: Readonly<Record<string, string>>;
  readonly value?: readonly [number, string];
  readonly values?: readonly (readonly [number, string])[];
}

/** Returns the elements of an answer as lines, in an order of their own. */
async function ask(url: string): Promise<string[]> {
  const answer = (await (await fetch(url)).json()) as {
    status: string;
    error?: string;
    data: { result: Element[] };
  };
  if (answer.status !== 'success') throw new Error(`${answer.error}: ${url}`);
  return answer.data.result
    .map(({ metric, value, values }) => {
      const labels = Object.entries(metric).sort(([a], [b]) => (a < b ? -1 : 1));
      return `${JSON.stringify(labels)} ${(values ?? [value ?? [0, '']]).map(([time, number]) => `${time} ${rounded(number)}`)}`;
    })
    .sort();
}

/** Removes what additions in another order smear. */
function rounded(number: string): string {
  return Number(Number(number).toPrecision(10)).toString();
}

/** Returns the message of the digest that reads one of the servers. */
async function digestFrom(origin: Origin, at: Date): Promise<object> {
  const posted: object[] = [];
  const { signal } = new AbortController();
  const server = { url: three.servers[origin].url, headers: {}, signal };
  const source = {
    query: (expression: string, moment: Date) => instantQuery(server, expression, moment),
    post: async (message: object) => void posted.push(message),
  };
  const digestSettings = { prometheusUrl: server.url, webhookSecretArn: '', format: 'webhook' } as const;
  const sinks = [DELIVERIES[origin] === 'written' ? WRITER : GATEWAY];
  const input = { accountId: BILL.accountId, partition: 'aws', suiteAccounts: [], scheduledTime: at };
  const { failures } = await digest(source, { ...SETTINGS, digest: digestSettings, sinks })(input);
  if (failures.length > 0) throw new Error(JSON.stringify(failures));
  return JSON.parse(JSON.stringify(posted[0]), (_, value) =>
    typeof value === 'number' ? Number(value.toPrecision(10)) : value,
  );
}

const GATEWAY = { type: 'pushgateway', url: 'https://gateway.example.com' } as const;
const WRITER = { type: 'remote-write', url: 'https://mimir.example.com/api/v1/push' } as const;

/** Returns the one number of all three, rounded. */
async function sumFromAll(vector: Vector<never>, at: Date): Promise<string> {
  const expr = Object.fromEntries(
    ORIGINS.map((origin) => [origin, vector.expr(DELIVERIES[origin])]),
  ) as Asked['expr'];
  const answers = await fromAll(expr, (query) => `query?${query}&time=${at.getTime() / 1000}`);
  const numbers = new Set(ORIGINS.map((origin) => answers[origin].join()));
  const [only = '', ...others] = numbers;
  expect(others).toEqual([]);
  return only === '' ? 'none' : Number(only.split(' ').at(-1)).toFixed(4);
}

/** Returns the cost of the cost window that ends with the day. */
function costIn(charges: Bill['charges'], day: number): Big {
  const [start, end] = [dayOf(new Date(day - SETTINGS.costDays * DAY)), dayOf(new Date(day))];
  return sumOf(charges.filter((charge) => start <= charge.day && charge.day < end));
}

function sumOf(charges: Bill['charges']): Big {
  return charges.reduce((sum, { usd }) => sum.plus(usd), new Big(0));
}

/** Deletes a user, whose cost becomes unattributed. */
function withoutUser(bill: Bill, name: string): Bill {
  const untagged = <T extends { readonly tags: Readonly<Record<string, string>> }>(one: T): T => {
    const { Owner, ...others } = one.tags;
    return Owner === name ? { ...one, tags: others } : one;
  };
  return {
    ...bill,
    users: bill.users.filter(({ userName }) => userName !== name),
    charges: bill.charges.map(untagged),
    resources: bill.resources.map(untagged),
  };
}

function withSuspended(bill: Bill, accountId: string): Bill {
  const state = 'SUSPENDED' as const;
  return {
    ...bill,
    members: bill.members.map((one) => (one.accountId === accountId ? { ...one, state } : one)),
    organization: bill.organization && {
      ...bill.organization,
      accounts: bill.organization.accounts.map((one) => (one.id === accountId ? { ...one, state } : one)),
    },
  };
}
