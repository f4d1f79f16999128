import { existsSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { parse } from 'yaml';
import { CARRIED_DAYS } from '../../lambdas/promql/forms';
import { EXPORTER_JOB, GATEWAY_JOB } from '../../lib/alerts/prometheus-configuration';
import { readSettings } from '../../lib/config';
import { scripts } from '../../package.json';
import { commandsOf } from './client-features';

const ROOT = path.join(__dirname, '..', '..');
const PAGES = ['docs/delivery.md', 'docs/client-features.md', 'docs/serve.md', 'docs/operations.md'] as const;
const PAGE = read('docs/delivery.md');

test.each(blocks('json'))('settings that the page shows are accepted: %s', (json) => {
  expect(readSettings(JSON.parse(json)).sinks).toEqual(JSON.parse(json).sinks);
});

test('the page shows each type of sink, and each of their settings that protects a delivery', () => {
  const shown = blocks('json').join('\n');
  const names = ['pushgateway', 'remote-write', 'stdout', 'headersSecretArn', 'tlsSecretArn', 'proxyUrl'];
  expect(names.filter((name) => !shown.includes(`"${name}"`))).toEqual([]);
});

test('the scrape jobs have the names that the alerts rely on, and keep the labels of groups', () => {
  const jobs = [PAGE, read('docs/serve.md')].flatMap((page) =>
    blocks('yaml', page).flatMap((yaml) => parse(yaml).scrape_configs),
  );
  expect(jobs.map(({ job_name, honor_labels }) => [job_name, honor_labels])).toEqual([
    [GATEWAY_JOB, true],
    [EXPORTER_JOB, true],
  ]);
  expect(PAGE).toContain(`as a job named \`${EXPORTER_JOB}\``);
  expect(read('docs/operations.md')).toContain(`has no job named \`${EXPORTER_JOB}\``);
});

test('queries of written numbers are shown with the window of the dashboards', () => {
  const windows = [PAGE, read('docs/decisions/remote-write.md')].map(
    (page) => /last_over_time\(m\S*\[(\w+)\]/.exec(page)?.[1],
  );
  expect(windows).toEqual([`${CARRIED_DAYS}d`, `${CARRIED_DAYS}d`]);
});

test.each(PAGES)('%s: every npm script exists', (page) => {
  const named = [...read(page).matchAll(/npm run (?:-s )?([\w:]+)/g)].map(([, name = '']) => name);
  expect(named.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
});

const TESTS = commandsOf(read('docs/client-features.md')).flatMap((command) => {
  const [, file, title] = /^npx jest (\S+) -t '([^']+)'$/.exec(command) ?? [];
  return file && title ? [[file, title] as const] : [];
});

test('every feature has a test', () => {
  const rows = [...read('docs/client-features.md').matchAll(/^\| (?!feature|---).*$/gm)];
  expect(rows.length).toBeGreaterThan(20);
  expect(TESTS).toHaveLength(rows.length);
});

test.each(TESTS)('%s has a test whose title contains "%s"', (file, title) => {
  expect(title).toMatch(/^[\w ,-]+$/); // jest reads it as a regular expression.
  expect(existsSync(path.join(ROOT, file))).toBe(true);
  expect(titlesIn(read(file)).filter((one) => one.includes(title))).not.toEqual([]);
});

/** Returns the strings that stand first in a call of `test`, and those that follow a table of cases. */
function titlesIn(code: string): string[] {
  const found = code.matchAll(/\b(?:test|describe)(?:\.each[\s\S]*?\])?\)?\(\s*'([^']+)'/g);
  const afterCases = code.matchAll(/^\s*\)?\]?\)?\(?\s*'([^']+)',(?: async)?(?: \(|$)/gm);
  return [...found, ...afterCases].map(([, title = '']) => title);
}

function blocks(language: string, page = PAGE): string[] {
  return [...page.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(
    ([, block = '']) => block,
  );
}

function read(file: string): string {
  return readFileSync(path.join(ROOT, file), 'utf8');
}
