import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { generatedFiles } from '../../lib/docs/generated-files';

const ROOT = path.join(__dirname, '..', '..');

test.each(generatedFiles())('$path is what `npm run generate` makes', ({ path: file, content }) => {
  expect(readFileSync(path.join(ROOT, file), 'utf8')).toBe(content);
});
