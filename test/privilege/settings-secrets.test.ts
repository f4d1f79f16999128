import fc from 'fast-check';
import { readFunctionSettings } from '../../lambdas/read-settings';
import { readSettings } from '../../lib/config';
import { ENCODINGS, partsOf } from './canary';

const GATEWAY = { url: 'https://gateway.example.com' };
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
  (secret) => `{"pushgateway":{"url":"https://gateway.example.com"},"token":"${secret}"`,
  (secret) => [secret],
  (secret) => ({ pushgateway: secret }),
  (secret) => ({ pushgateway: [secret] }),
  ...URLS.flatMap((url) => [
    (secret: string) => ({ pushgateway: { url: url(secret) } }),
    (secret: string) => ({ pushgateway: url(secret) }),
    (secret: string) => ({
      pushgateway: GATEWAY,
      digest: { ...DIGEST, prometheusUrl: url(secret), costDays: 1 },
    }),
    (secret: string) => ({ pushgateway: GATEWAY, digest: { ...DIGEST, webhookSecretArn: url(secret) } }),
    (secret: string) => ({ pushgateway: GATEWAY, digest: { ...DIGEST, webhookUrl: url(secret) } }),
  ]),
  (secret) => ({ pushgateway: { ...GATEWAY, headers: { Authorization: secret } } }),
  (secret) => ({ pushgateway: { ...GATEWAY, [secret]: 'Authorization' } }),
  (secret) => ({ pushgateway: { ...GATEWAY, [`Authorization: ${secret}`]: '' } }),
  (secret) => ({ pushgateway: { ...GATEWAY, headersSecretArn: secret } }),
  (secret) => ({ pushgateway: { ...GATEWAY, headersSecretArn: { Authorization: secret } } }),
  (secret) => ({ pushgateway: { ...GATEWAY, headersSecretArn: [secret] } }),
  (secret) => ({ pushgateway: { ...GATEWAY, allowInsecure: secret } }),
  (secret) => ({ pushgateway: GATEWAY, [secret]: 1 }),
  (secret) => ({ pushgateway: GATEWAY, digest: secret }),
  (secret) => ({ pushgateway: GATEWAY, digest: { ...DIGEST, prometheusHeadersSecretArn: secret } }),
  (secret) => ({ pushgateway: GATEWAY, digest: { ...DIGEST, format: secret } }),
  (secret) => ({ pushgateway: GATEWAY, members: secret }),
  (secret) => ({ pushgateway: GATEWAY, members: [secret] }),
  (secret) => ({ pushgateway: GATEWAY, members: [{ ...MEMBER, externalId: `${secret} ` }] }),
  (secret) => ({ pushgateway: GATEWAY, members: [{ ...MEMBER, accountId: secret }] }),
  (secret) => ({ pushgateway: GATEWAY, members: [{ ...MEMBER, roleArn: secret }] }),
  (secret) => ({ pushgateway: GATEWAY, accountNames: secret }),
  (secret) => ({ pushgateway: GATEWAY, accountNames: { [secret]: 'x' } }),
  (secret) => ({ pushgateway: GATEWAY, deployment: `${secret}/` }),
  (secret) => ({ pushgateway: GATEWAY, ownerTag: `user:${secret}` }),
  (secret) => ({ pushgateway: GATEWAY, requiredTags: [`user:${secret}`] }),
  (secret) => ({ pushgateway: GATEWAY, alarmTopicArn: secret }),
  (secret) => ({ pushgateway: GATEWAY, timeZone: secret }),
  (secret) => ({ pushgateway: GATEWAY, regions: [secret] }),
  (secret) => ({ pushgateway: GATEWAY, resourceServices: [secret] }),
  (secret) => ({ pushgateway: GATEWAY, costDays: secret }),
  (secret) => ({ pushgateway: GATEWAY, vpc: secret }),
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
