import fc from 'fast-check';
import { readFunctionSettings } from '../../lambdas/read-settings';
import { readSettings } from '../../lib/config';
import { ENCODINGS, partsOf } from './canary';

const GATEWAY = { type: 'pushgateway', url: 'https://gateway.example.com' } as const;
const SECRET_ARN = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:x-AbCdEf';
const DIGEST = { prometheusUrl: 'https://prometheus.example.com', webhookSecretArn: SECRET_ARN };
const MEMBER = { accountId: '222233334444', roleArn: 'arn:aws:iam::222233334444:role/tollgate' };

/** A URL that contains a secret, in each of its parts. */
const URLS: readonly ((secret: string) => string)[] = [
  (secret) => `https://user:${secret}@gateway.example.com`,
  (secret) => `https://${secret}@gateway.example.com`,
  (secret) => `https://user:pass/${secret}@gateway.example.com`,
  (secret) => `https://gateway.example.com?token=${secret}`,
  (secret) => `https://gateway.example.com/path?${secret}=x`,
  (secret) => `https://gateway.example.com#${secret}`,
  (secret) => `ftp://gateway.example.com/${secret}`,
  (secret) => `https//gateway.example.com/${secret}`,
  (secret) => `gateway.example.com/services/${secret}`,
  (secret) => `https://${secret}:443/x?y`,
  (secret) => secret,
];

/** Settings with a secret at the wrong place. */
const PLACES: readonly ((secret: string) => unknown)[] = [
  (secret) => secret,
  (secret) => JSON.stringify(secret),
  (secret) => `{"sinks":[{"type":"pushgateway","url":"https://gateway.example.com"}],"token":"${secret}"`,
  (secret) => [secret],
  (secret) => ({ pushgateway: secret }),
  (secret) => ({ pushgateway: [secret] }),
  (secret) => ({ pushgateway: { url: GATEWAY.url, headersSecretArn: secret } }),
  (secret) => ({ sinks: secret }),
  (secret) => ({ sinks: [secret] }),
  (secret) => ({ sinks: [GATEWAY, secret] }),
  (secret) => ({ sinks: [{ type: secret }] }),
  (secret) => ({ sinks: [{ type: 'stdout', token: secret, [secret]: 1 }] }),
  (secret) => ({ sinks: [{ type: 'remote-write', workspaceArn: secret }] }),
  (secret) => ({ sinks: [{ ...GATEWAY, tlsSecretArn: secret }] }),
  (secret) => ({ sinks: [{ ...GATEWAY, tlsSecretArn: { key: secret } }] }),
  (secret) => ({ sinks: [{ ...GATEWAY, groupingLabels: secret }] }),
  (secret) => ({ sinks: [{ ...GATEWAY, groupingLabels: { [secret]: 'x' } }] }),
  ...URLS.flatMap((url) => [
    (secret: string) => ({ sinks: [{ type: 'pushgateway', url: url(secret) }] }),
    (secret: string) => ({ sinks: [GATEWAY, { type: 'pushgateway', url: url(secret) }, GATEWAY] }),
    (secret: string) => ({ sinks: [{ ...GATEWAY, proxyUrl: url(secret) }] }),
    (secret: string) => ({ sinks: [{ type: 'remote-write', url: url(secret) }] }),
    (secret: string) => ({ pushgateway: url(secret) }),
    (secret: string) => ({ pushgateway: { url: url(secret) } }),
    (secret: string) => ({
      sinks: [GATEWAY],
      digest: { ...DIGEST, prometheusUrl: url(secret), costDays: 1 },
    }),
    (secret: string) => ({ sinks: [GATEWAY], digest: { ...DIGEST, webhookSecretArn: url(secret) } }),
    (secret: string) => ({ sinks: [GATEWAY], digest: { ...DIGEST, webhookUrl: url(secret) } }),
  ]),
  (secret) => ({ sinks: [{ ...GATEWAY, headers: { Authorization: secret } }] }),
  (secret) => ({ sinks: [{ ...GATEWAY, [secret]: 'Authorization' }] }),
  (secret) => ({ sinks: [{ ...GATEWAY, [`Authorization: ${secret}`]: '' }] }),
  (secret) => ({ sinks: [{ ...GATEWAY, headersSecretArn: secret }] }),
  (secret) => ({ sinks: [{ ...GATEWAY, headersSecretArn: { Authorization: secret } }] }),
  (secret) => ({ sinks: [{ ...GATEWAY, headersSecretArn: [secret] }] }),
  (secret) => ({ sinks: [{ ...GATEWAY, allowInsecure: secret }] }),
  (secret) => ({ sinks: [GATEWAY], [secret]: 1 }),
  (secret) => ({ sinks: [GATEWAY], digest: secret }),
  (secret) => ({ sinks: [GATEWAY], digest: { ...DIGEST, prometheusHeadersSecretArn: secret } }),
  (secret) => ({ sinks: [GATEWAY], digest: { ...DIGEST, format: secret } }),
  (secret) => ({ sinks: [GATEWAY], members: secret }),
  (secret) => ({ sinks: [GATEWAY], members: [secret] }),
  (secret) => ({ sinks: [GATEWAY], members: [{ ...MEMBER, externalId: `${secret} ` }] }),
  (secret) => ({ sinks: [GATEWAY], members: [{ ...MEMBER, accountId: secret }] }),
  (secret) => ({ sinks: [GATEWAY], members: [{ ...MEMBER, roleArn: secret }] }),
  (secret) => ({ sinks: [GATEWAY], accountNames: secret }),
  (secret) => ({ sinks: [GATEWAY], accountNames: { [secret]: 'x' } }),
  (secret) => ({ sinks: [GATEWAY], deployment: `${secret}/` }),
  (secret) => ({ sinks: [GATEWAY], ownerTag: `user:${secret}` }),
  (secret) => ({ sinks: [GATEWAY], requiredTags: [`user:${secret}`] }),
  (secret) => ({ sinks: [GATEWAY], alarmTopicArn: secret }),
  (secret) => ({ sinks: [GATEWAY], timeZone: secret }),
  (secret) => ({ sinks: [GATEWAY], regions: [secret] }),
  (secret) => ({ sinks: [GATEWAY], resourceServices: [secret] }),
  (secret) => ({ sinks: [GATEWAY], costDays: secret }),
  (secret) => ({ sinks: [GATEWAY], vpc: secret }),
];

/** A token as services issue them: at least 20 letters and digits, with some of both. */
const token = fc
  .stringMatching(/^[A-Za-z0-9_-]{20,60}$/)
  .filter((text) => /\d/.test(text) && /[a-z]/i.test(text));

test('no error about settings contains a secret, at synth time and at run time, in any encoding', () => {
  fc.assert(
    fc.property(
      token,
      fc.constantFrom(...Object.keys(ENCODINGS)),
      fc.constantFrom(...PLACES),
      (text, encoding, place) => {
        const settings = place(ENCODINGS[encoding]?.(text) ?? '');
        const said = [
          () => readSettings(settings),
          () => readFunctionSettings('digest', { TOLLGATE_SETTINGS: JSON.stringify(settings) }),
        ].map(messageOf);
        const parts = partsOf(text);
        expect(said.filter((message) => parts.some((part) => message.includes(part)))).toEqual([]);
      },
    ),
    { numRuns: 500 },
  );
});

test('every place refuses a secret in its plain form', () => {
  const accepted = PLACES.filter(
    (place) => messageOf(() => readSettings(place('c4N4rY-7f3Kq9Zx2LmW8'))) === '',
  );
  expect(accepted.map(String)).toEqual([]);
});

function messageOf(read: () => unknown): string {
  try {
    read();
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}
