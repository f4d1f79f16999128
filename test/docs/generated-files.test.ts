import { existsSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { generatedFiles } from '../../lib/docs/generated-files';

const ROOT = path.join(__dirname, '..', '..');

test.each(generatedFiles())('$path equals the output of `npm run generate`', ({ path: file, content }) => {
  expect(contentOf(file)).toBe(content);
});

function contentOf(file: string): string {
  const target = path.join(ROOT, file);
  return existsSync(target) ? readFileSync(target, 'utf8') : `${file} is missing: run npm run generate`;
}
