import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { application } from '../../lib/serve/application';
import { readAuthentication } from '../../lib/serve/authentication';
import { runtimeMetrics } from '../../lib/serve/runtime-metrics';

const folder = mkdtempSync(path.join(tmpdir(), 'tollgate-auth-'));
afterAll(() => rmSync(folder, { recursive: true }));

const RIGHT = {
  basicFile: ['scraper:pass:word\n', `Basic ${Buffer.from('scraper:pass:word').toString('base64')}`],
  bearerFile: ['abc.DEF-123=\n', 'bearer abc.DEF-123='],
} as const;

const base64 = (text: string) => Buffer.from(text).toString('base64');

describe.each(['basicFile', 'bearerFile'] as const)('with %s', (kind) => {
  const [content, right] = RIGHT[kind];
  const requested = async (authorization: string | undefined, requestPath = '/metrics') => {
    const authentication = await readAuthentication({ [kind]: fileWith(content) });
    const app = application({
      snapshot: () => new Map(),
      notReady: () => undefined,
      runtime: runtimeMetrics(),
      log: () => {},
      authentication,
    });
    return app.request(requestPath, { headers: authorization === undefined ? {} : { authorization } });
  };

  test.each(['/metrics', '/'])('%s is served to the right credentials', async (requestPath) => {
    expect((await requested(right, requestPath)).status).toBe(200);
  });

  test.each([
    undefined,
    '',
    'Basic',
    'Bearer wrong',
    `Basic ${base64('scraper:pass')}`,
    `Basic ${base64('scraper:pass:word2')}`,
    `Bearer ${base64('scraper:pass:word')}`,
    'Basic abc.DEF-123=',
  ])('%j is refused with a challenge', async (authorization) => {
    for (const requestPath of ['/metrics', '/', '/unknown']) {
      const answer = await requested(authorization, requestPath);
      expect(answer.status).toBe(401);
      expect(answer.headers.get('www-authenticate')).toMatch(
        kind === 'basicFile' ? /^Basic realm="tollgate"/ : /^Bearer realm="tollgate"/,
      );
    }
  });

  test.each(['/-/healthy', '/-/ready'])('%s needs no credentials', async (requestPath) => {
    expect((await requested(undefined, requestPath)).status).toBe(200);
  });
});

test.each([
  [
    'basicFile',
    'only-a-user-9',
    /^serve\.auth: expected `user:password` in the file .*, got 13 characters of another form$/,
  ],
  [
    'bearerFile',
    'two words-9',
    /^serve\.auth: expected a token without spaces in the file .*, got 11 characters/,
  ],
  ['bearerFile', '', /got 0 characters/],
])('%s with the content %j is an error that does not show it', async (kind, content, message) => {
  const problem = await readAuthentication({ [kind]: fileWith(content) }).catch((error) => error.message);
  expect(problem).toMatch(message);
  if (content) expect(problem).not.toContain(content);
});

test('a missing file is an error that names it', async () => {
  await expect(readAuthentication({ bearerFile: '/missing/token' })).rejects.toThrow(
    'serve.auth: expected a token without spaces in the file /missing/token, got ENOENT',
  );
});

let files = 0;

function fileWith(content: string): string {
  files += 1;
  const file = path.join(folder, `secret-${files}`);
  writeFileSync(file, content);
  return file;
}
