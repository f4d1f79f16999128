import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { generatedFiles } from '../../lib/docs/generated-files';

const ROOT = path.join(__dirname, '..', '..');

test.each(generatedFiles())('$path equals the output of `npm run generate`', ({ path: file, content }) => {
  expect(readFileSync(path.join(ROOT, file), 'utf8')).toBe(content);
});
