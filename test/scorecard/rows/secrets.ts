import * as path from 'node:path';
import type { CollectorName } from '../../../lambdas/catalog/collectors';
import { HEADERS_SECRET } from '../../support/deployment';
import type { Row } from '../row';
import { inScene, type RunOptions, type Scene } from '../scene';

const CANARY = 'canary-7f3a';
const WEB_CONFIG = path.join(__dirname, '../../lambdas/sinks/web-config.yml');

/** Situations that fail while the function knows the secret. */
const ERRORS: readonly (readonly [name: string, options: RunOptions])[] = [
  ['a wrong password', secret(`{"Authorization":"Basic ${CANARY}"}`)],
  ['a secret that is not JSON', secret(`Basic ${CANARY}`)],
  ['a secret that is an array', secret(`["${CANARY}"]`)],
  ['a header value with a line break', secret(JSON.stringify({ Authorization: `Basic ${CANARY}\nx` }))],
  ['a header value beyond latin-1', secret(`{"Authorization":"Basic ${CANARY} ☃"}`)],
  ['an invalid header name', secret(`{"${CANARY} x":"y"}`)],
  ['a secret that is denied', { ...secret(CANARY), faults: [{ action: 'secretsmanager:*', kind: 'deny' }] }],
  [
    'a secret that is cut',
    { ...secret(`{"a":"${CANARY}"}`), faults: [{ action: 'secretsmanager:*', kind: 'truncate' }] },
  ],
  [
    'credentials expired',
    { ...secret(`{"a":"${CANARY}"}`), faults: [{ action: 'iam:*', kind: 'expired-credentials' }] },
  ],
  ['no gateway', { ...secret(`{"a":"${CANARY}"}`), gatewayUrl: 'http://127.0.0.1:9' }],
];

export const SECRET_ROWS: readonly Row[] = [
  ...ERRORS.map(([name, options]) => ({
    row: `canary: ${name}`,
    injected: 'both functions, gateway with a password',
    expected: 'both fail, 0 in logs and errors',
    run: () => inScene((scene) => failWithout(CANARY, scene, options), { webConfigFile: WEB_CONFIG }),
  })),
  {
    row: 'canary: password in the gateway’s URL',
    injected: 'http://user:canary@…',
    expected: 'both fail, 0 in logs and errors',
    run: () =>
      inScene((scene) => {
        const gatewayUrl = scene.gateway.url.replace('//', `//user:${CANARY}@`);
        return failWithout(CANARY, scene, { gatewayUrl });
      }),
  },
];

async function failWithout(canary: string, scene: Scene, options: RunOptions): Promise<string> {
  const names: CollectorName[] = ['iam-users', 'user-costs'];
  const ran = await Promise.all(names.map((name) => scene.run(name, options)));
  const shown = ran.map(({ output, error }) => `${output} ${error?.errorMessage}`);
  expect(ran.every(({ error }) => error !== undefined)).toBe(true);
  const [, ...leaks] = shown.join('\n').split(canary);
  expect(`${leaks.length} canaries${leaks[0]?.slice(0, 60) ?? ''}`).toBe('0 canaries');
  const length = shown.reduce((sum, text) => sum + text.length, 0);
  return `0 in ${length} characters`;
}

function secret(text: string): RunOptions {
  return {
    secrets: { [HEADERS_SECRET]: text },
    headersSecretArn: HEADERS_SECRET,
    environment: { AWS_SESSION_TOKEN: CANARY },
  };
}
