import { createHash, createHmac } from 'node:crypto';
import { workspaceSigner } from '../../../../lambdas/sinks/remote-write/signer';

const BODY = Buffer.from([0, 1, 2, 255]);
const URL = 'https://aps-workspaces.eu-west-1.amazonaws.com/workspaces/ws-1/api/v1/remote_write';

test('requests are signed for the service aps, with the hash of the compressed body', async () => {
  const headers = await signed({ accessKeyId: 'AKIA', secretAccessKey: 'secret', sessionToken: 'token' });
  expect(headers).toMatchObject({
    host: 'aps-workspaces.eu-west-1.amazonaws.com',
    'x-amz-security-token': 'token',
    'x-amz-content-sha256': createHash('sha256').update(BODY).digest('hex'),
    'Content-Encoding': 'snappy',
  });
  expect(headers.authorization).toBe(expectedSignature(headers, 'secret'));
});

test('credentials are asked for before each request, because they expire', async () => {
  const left = ['AKIA1', 'AKIA2'];
  const credentials = async () => ({ accessKeyId: left.shift() ?? '', secretAccessKey: 'secret' });
  const sign = workspaceSigner({ region: 'eu-west-1', credentials });
  const request = { headers: {}, body: BODY };
  const signatures = [await sign(URL, request), await sign(URL, request)];
  expect(signatures.map(({ authorization = '' }) => /Credential=(\w+)/.exec(authorization)?.[1])).toEqual([
    'AKIA1',
    'AKIA2',
  ]);
});

function signed(credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string }) {
  const sign = workspaceSigner({ region: 'eu-west-1', credentials: async () => credentials });
  return sign(URL, { headers: { 'Content-Encoding': 'snappy' }, body: BODY });
}

/** Computes the header by the rules of Signature Version 4, from the signed headers and their time. */
function expectedSignature(headers: Readonly<Record<string, string>>, secret: string): string {
  const lower = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const time = lower['x-amz-date'] ?? '';
  const scope = `${time.slice(0, 8)}/eu-west-1/aps/aws4_request`;
  const names = Object.keys(lower)
    .filter((name) => name !== 'authorization')
    .sort();
  const canonical = [
    'POST',
    '/workspaces/ws-1/api/v1/remote_write',
    '',
    ...names.map((name) => `${name}:${lower[name]}`),
    '',
    names.join(';'),
    sha256(BODY),
  ].join('\n');
  const key = ['eu-west-1', 'aps', 'aws4_request'].reduce(hmac, hmac(`AWS4${secret}`, time.slice(0, 8)));
  const signature = hmac(key, ['AWS4-HMAC-SHA256', time, scope, sha256(canonical)].join('\n')).toString(
    'hex',
  );
  return `AWS4-HMAC-SHA256 Credential=AKIA/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
}

function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex');
}

function hmac(key: string | Buffer, data: string): Buffer {
  return createHmac('sha256', key).update(data).digest();
}
