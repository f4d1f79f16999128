import { mkdir, readFile } from 'node:fs/promises';
import * as path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { type Preview, startPreview } from '../../lib/local/preview/preview';
import { freePort } from '../../lib/local/servers/free-port';
import { DASHBOARDS } from '../dashboards/models';
import { stopAfterAll, stopAfterEach } from '../support/stop';
import { startWorld } from '../support/world';
import { startChromium } from './chromium';

const ROOT = path.join(__dirname, '../..');
const MODELS = path.join(ROOT, 'docs/dashboards');
const SCREENSHOTS = process.env.TOLLGATE_SCREENSHOTS ?? path.join(ROOT, '.cache/screenshots');

/** Days of history. The default is enough to draw lines; the README's picture needs as many as the dashboards show. */
const DAYS = Number(process.env.TOLLGATE_HISTORY ?? 9);

/** Limit that only ends a test that hangs. */
const PATIENCE_MS = 300_000;

let preview: Preview;
let browser: Browser;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  const { prometheus } = await stopAfterAll(startWorld(DAYS));
  preview = await stopAfterAll(startPreview({ prometheusUrl: prometheus.url, dashboards: MODELS }));
  browser = await stopAfterAll(startChromium());
  await mkdir(SCREENSHOTS, { recursive: true });
});

beforeEach(async () => {
  page = await stopAfterEach(browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'en-US' }));
  page.setDefaultTimeout(PATIENCE_MS);
  complaints = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
});

describe.each(DASHBOARDS)('$name', ({ name, plan, model }) => {
  test('every panel shows all of its data', async () => {
    await open(`/d/${model.uid}`);
    const mayBeEmpty = [...(plan.emptyWhenHealthy ?? []), ...(plan.needsHistory ?? [])];
    const expected = (model.panels ?? [])
      .filter(({ type }) => type !== 'row')
      .map(({ title = '' }) => ({
        title,
        state: mayBeEmpty.includes(title) ? expect.stringMatching(/^(data|empty)$/) : 'data',
        notShown: '',
      }));
    expect(await panels()).toEqual(expected);
    expect(complaints).toEqual([]);
    await screenshot(name);
  });

  test('a value that a variable offers can be chosen', async () => {
    await open(`/d/${model.uid}`);
    for (const variable of (model.templating.list ?? []).filter(({ type }) => type === 'query')) {
      const control = page.locator(`[data-variable="${variable.name}"]`);
      if ((await control.getAttribute('open')) === null) await control.locator('summary').click();
      const value = await control.locator('label').nth(1).innerText();
      await choose(variable.name, value);
      expect(new URL(page.url()).searchParams.getAll(`var-${variable.name}`)).toEqual([value]);
      expect(await page.locator('[data-state="error"]').allInnerTexts()).toEqual([]);
    }
    expect(complaints).toEqual([]);
  });
});

test('the page is light or dark like the system, until the button changes it', async () => {
  const background = () =>
    page.evaluate<string>('getComputedStyle(document.documentElement).backgroundColor');
  await page.emulateMedia({ colorScheme: 'dark' });
  await open('/d/tollgate-overview');
  await screenshot('overview-dark');
  const dark = await background();
  await page.locator('.theme').click();
  const light = await background();
  await page.reload();
  await settled();
  expect([dark, light, await background()]).toEqual([
    'rgb(17, 19, 24)',
    'rgb(244, 245, 247)',
    'rgb(244, 245, 247)',
  ]);
});

test('after a Region is chosen, the table of users has only its column', async () => {
  await open('/d/tollgate-people');
  const table = panel('Every user’s cost, by Region');
  const all = await table.locator('th').allInnerTexts();
  expect(all.slice(0, 3)).toEqual(['User', 'Total', 'NoRegion']);
  await choose('region', 'eu-west-1');
  expect(await table.locator('th').allInnerTexts()).toEqual(['User', 'Total', 'eu-west-1']);
});

test('after two users are chosen, the table has only their rows', async () => {
  await open('/d/tollgate-people');
  const table = panel('IAM users among the chosen');
  const names = await firstCells(table);
  await choose('user', names[1] as string);
  await choose('user', names[2] as string);
  expect((await firstCells(table)).sort()).toEqual([names[1], names[2]].sort());
});

test('a click on a user chooses the user and keeps the other choices', async () => {
  await open('/d/tollgate-people?var-region=eu-west-1&from=now-7d&to=now');
  const link = panel('Every user’s cost, by Region').locator('tbody a').first();
  const user = await link.innerText();
  await link.click();
  await arrived(({ searchParams }) => searchParams.get('var-user') === user);
  expect(chosen()).toEqual({
    'var-account': '$__all',
    'var-region': 'eu-west-1',
    'var-user': user,
    from: 'now-7d',
    to: 'now',
  });
  expect(await page.locator('summary', { hasText: 'Chosen users' }).innerText()).toBe(
    `Chosen users: ${user}`,
  );
});

test('another dashboard opens with the same choices, and Back returns to the first', async () => {
  await open('/d/tollgate-people?var-region=eu-west-1&from=now-7d&to=now');
  await page.locator('.tab', { hasText: 'Services' }).click();
  await arrived(({ pathname }) => pathname === '/d/tollgate-services');
  expect(chosen()).toEqual({
    'var-region': 'eu-west-1',
    from: 'now-7d',
    to: 'now',
  });
  expect(await page.locator('[data-variable="region"] summary').innerText()).toMatch(/eu-west-1/);
  await page.goBack();
  await page.locator('.tab[aria-current="page"]', { hasText: 'People' }).waitFor();
  expect(await page.title()).toBe('Tollgate: people');
});

test('a preset changes only the time range', async () => {
  await open('/d/tollgate-people?var-region=eu-west-1');
  await page.locator('.preset', { hasText: '90 d' }).click();
  await arrived(({ searchParams }) => searchParams.get('from') === 'now-90d');
  expect(chosen()).toEqual({
    'var-account': '$__all',
    'var-region': 'eu-west-1',
    'var-user': '$__all',
    from: 'now-90d',
    to: 'now',
  });
});

test('a panel shows why its query failed', async () => {
  const closed = `127.0.0.1:${await freePort(0)}`;
  const nowhere = await stopAfterEach(
    startPreview({ prometheusUrl: `http://${closed}`, dashboards: MODELS }),
  );
  await page.goto(`${nowhere.url}/d/tollgate-people`);
  await settled();
  // The connection is refused, unless another program has taken the port meanwhile; the panel shows either cause.
  const shown = await panel('Billed cost').locator('.body').innerText();
  expect(shown.startsWith(`no answer from Prometheus at http://${closed}: `)).toBe(true);
  expect(shown).toMatch(/(ECONNREFUSED|ECONNRESET|hang up)/);
});

test('the preview serves only its page, and only reads Prometheus', async () => {
  const statusOf = (pathname: string, init?: RequestInit) =>
    fetch(`${preview.url}${pathname}`, init).then(({ status }) => status);
  expect(await statusOf('/api/v1/query?query=up')).toBe(200);
  expect(await statusOf('/api/v1/query?query=up', { method: 'POST' })).toBe(405);
  expect(await statusOf('/api/v1/admin/tsdb/snapshot')).toBe(404);
  expect(await statusOf('/-/quit')).toBe(404);
  expect(await statusOf('/package.json')).toBe(404);
});

test('the preview draws the models of the files unchanged', async () => {
  const served = (await (await fetch(`${preview.url}/dashboards`)).json()) as { uid: string }[];
  for (const { name, model } of DASHBOARDS) {
    const file = JSON.parse(await readFile(path.join(MODELS, `${name}.json`), 'utf8'));
    expect(served.find(({ uid }) => uid === model.uid)).toEqual(file);
  }
});

async function open(address: string): Promise<void> {
  await page.goto(`${preview.url}${address}`);
  await settled();
}

/** Waits until every panel and variable has its answer: a later answer would redraw the element that a test clicks. */
async function settled(): Promise<void> {
  await page.locator('.panel').first().waitFor();
  await page.locator(UNSETTLED).first().waitFor({ state: 'detached' });
}

const UNSETTLED = '.panel.waiting, .panel[data-state="loading"], .variable[data-state="loading"]';

/** Waits until the page has the address that a click leads to, and all answers. */
async function arrived(there: (address: URL) => boolean): Promise<void> {
  await page.waitForURL(there);
  await settled();
}

/** Returns the title, state and note of every panel of the page. */
function panels() {
  return page.locator('.panel').evaluateAll((all) =>
    all.map((one) => ({
      title: one.querySelector('h3').textContent,
      state: one.dataset.state,
      notShown: one.querySelector('.not-shown')?.textContent ?? '',
    })),
  );
}

function panel(title: string) {
  return page.locator('.panel', { has: page.locator(`h3[title="${title}"]`) });
}

function firstCells(table: ReturnType<typeof panel>): Promise<string[]> {
  return table.locator('tbody td:first-child').allInnerTexts();
}

async function choose(variable: string, value: string): Promise<void> {
  const control = page.locator(`[data-variable="${variable}"]`);
  if ((await control.getAttribute('open')) === null) await control.locator('summary').click();
  await control.locator('label', { has: page.getByText(value, { exact: true }) }).click();
  await arrived(({ searchParams }) => searchParams.getAll(`var-${variable}`).includes(value));
}

/** Returns the choices in the page's address, by name. */
function chosen(): Record<string, string> {
  return Object.fromEntries(new URL(page.url()).searchParams);
}

function screenshot(name: string): Promise<Buffer> {
  const file = path.join(SCREENSHOTS, `${name}.png`);
  return page.screenshot({ path: file, fullPage: true, animations: 'disabled' });
}
