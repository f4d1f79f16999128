import { readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';

const ROOT = path.join(__dirname, '..', '..');
const EXAMPLE = path.join('examples', 'own-collector');

test('every block of code on the page is code that a test runs', () => {
  const code = [...filesOf(EXAMPLE), 'test/lambdas/own/push.test.ts'].map(read).join('\n');
  const blocks = [...read('docs/own-collector.md').matchAll(/^```ts\n(.*?)^```$/gms)].map(
    ([, block = '']) => block,
  );
  expect(blocks.length).toBeGreaterThan(5);
  expect(blocks.filter((block) => !code.includes(block))).toEqual([]);
});

test('the packages that the page installs are those of the example', () => {
  const { dependencies, devDependencies } = JSON.parse(read(path.join(EXAMPLE, 'package.json')));
  const [, dev = ''] = /npm install --save-dev (.+)/.exec(read('docs/own-collector.md')) ?? [];
  expect(dependencies).toEqual({ tollgate: 'file:tollgate.tgz' });
  expect(dev.split(' ').sort()).toEqual(Object.keys(devDependencies).sort());
});

function filesOf(folder: string): string[] {
  return readdirSync(path.join(ROOT, folder)).map((file) => path.join(folder, file));
}

function read(file: string): string {
  return readFileSync(path.join(ROOT, file), 'utf8');
}
