import { existsSync, readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { anchorsOf } from './anchors';

const ROOT = path.join(__dirname, '..', '..');
const PAGES = ['.', 'docs', 'docs/decisions'].flatMap(pagesIn);

test.each(PAGES)('%s: every link has a target', (page) => {
  const links = [...read(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
  expect(links.filter((link) => !/^https?:/.test(link) && !hasTarget(page, link))).toEqual([]);
});

test.each(PAGES.filter((page) => page !== 'docs/metrics.md'))('%s: no line is too long to read', (page) => {
  const lines = read(page)
    .replace(/^```[\s\S]*?^```$/gm, '')
    .split('\n');
  expect(lines.filter((line) => line.length > 140 && !/^(\||!\[)/.test(line))).toEqual([]);
});

test('every page is linked from the README or CONTRIBUTING', () => {
  const entries = ['README.md', 'CONTRIBUTING.md'].map(read).join('\n');
  const pages = PAGES.filter((page) => page.startsWith('docs/') && !page.startsWith('docs/decisions/'));
  expect(pages.filter((page) => !entries.includes(`](${page}`))).toEqual([]);
});

function pagesIn(folder: string): string[] {
  const files = readdirSync(path.join(ROOT, folder)).filter((file) => file.endsWith('.md'));
  return files.map((file) => path.posix.join(folder, file));
}

function hasTarget(page: string, link: string): boolean {
  const [file = '', anchor] = link.split('#');
  const target = file === '' ? page : path.posix.join(path.posix.dirname(page), file);
  if (!existsSync(path.join(ROOT, target))) return false;
  return anchor === undefined || anchorsOf(read(target)).has(anchor);
}

function read(page: string): string {
  return readFileSync(path.join(ROOT, page), 'utf8');
}
