import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:https';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { text } from 'node:stream/consumers';
import { listen } from '../../lib/serve/server';
import { UserError } from '../../lib/user-error';
import { authority } from '../support/certificates';
import { stopAfterEach } from '../support/stop';

const AUTHORITY = authority('exporter tests');
const SERVER = AUTHORITY.issue('exporter', { host: '127.0.0.1' });
const OTHER = AUTHORITY.issue('other', { host: '127.0.0.1' });

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tollgate-tls-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Listens with the contents as the files of the settings. */
function listenWith({ cert, key }: { readonly cert: string; readonly key: string }) {
  const [certFile, keyFile] = [path.join(folder, 'tls.crt'), path.join(folder, 'tls.key')];
  writeFileSync(certFile, cert);
  writeFileSync(keyFile, key);
  const place = { host: '127.0.0.1', port: 0, tls: { certFile, keyFile } };
  return listen(place, (_, response) => response.end('answer'));
}

test('a client that trusts the authority of the certificate is answered', async () => {
  const server = await listenWith(SERVER);
  await stopAfterEach({ stop: () => server.stop(0) });
  const body = await new Promise<string>((resolve, reject) => {
    const options = { ca: AUTHORITY.ca, agent: false };
    get(server.url, options, (answer) => resolve(text(answer))).on('error', reject);
  });
  expect([server.url.slice(0, 18), body]).toEqual(['https://127.0.0.1:', 'answer']);
});

test.each([
  ['a certificate that is none', { ...SERVER, cert: 'none' }, 'routines'],
  ['a private key that is none', { ...SERVER, key: 'none' }, 'routines'],
  ['the private key of another certificate', { ...SERVER, key: OTHER.key }, 'key values mismatch'],
])('%s is a user error that names both files', async (_, files, reason) => {
  const error = await listenWith(files).catch((problem: unknown) => problem);
  expect(error).toBeInstanceOf(UserError);
  const { message } = error as UserError;
  expect(message).toContain(
    `serve.tls: expected a certificate and its private key in PEM, got ${folder}/tls.crt and ${folder}/tls.key (`,
  );
  expect(message).toContain(reason);
});

test('a missing file is a user error that names its setting', async () => {
  const tls = { certFile: path.join(folder, 'missing'), keyFile: path.join(folder, 'missing') };
  await expect(listen({ host: '127.0.0.1', port: 0, tls }, () => {})).rejects.toThrow(
    `serve.tls.certFile: expected a PEM file that can be read, got ${folder}/missing (ENOENT)`,
  );
});
