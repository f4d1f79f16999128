import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { isIP } from 'node:net';

/** A certificate authority that exists for one test. */
export interface Authority {
  /** Its own certificate in PEM. */
  readonly ca: string;
  /** Issues a certificate; a host such as `127.0.0.1` makes it one of a server. */
  issue(name: string, options?: IssueOptions): Issued;
}

interface IssueOptions {
  /** @default none */
  readonly host?: string;
  /** @default one day ago */
  readonly from?: Date;
  /** @default in ten days */
  readonly until?: Date;
}

/** A certificate with its private key, both in PEM. */
export interface Issued {
  readonly cert: string;
  readonly key: string;
}

/** Creates an authority. Node.js reads certificates and cannot write them, so this file writes their DER encoding. */
export function authority(name: string): Authority {
  const { publicKey, privateKey } = keys();
  const issuer = { name, key: privateKey };
  return {
    ca: certificate({ name, publicKey, extensions: [BASIC_CONSTRAINTS_CA] }, issuer, {}),
    issue(subject, options = {}) {
      const own = keys();
      const extensions = options.host === undefined ? [] : [subjectAltName(options.host)];
      return {
        cert: certificate({ name: subject, publicKey: own.publicKey, extensions }, issuer, options),
        key: own.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      };
    },
  };
}

function keys() {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' });
}

interface Subject {
  readonly name: string;
  readonly publicKey: KeyObject;
  readonly extensions: readonly Buffer[];
}

const DAY_MS = 86_400_000;

function certificate(
  { name, publicKey, extensions }: Subject,
  issuer: { readonly name: string; readonly key: KeyObject },
  { from = new Date(Date.now() - DAY_MS), until = new Date(Date.now() + 10 * DAY_MS) }: IssueOptions,
): string {
  const body = sequence(
    der(0xa0, der(INTEGER, Buffer.from([2]))), // version 3
    der(INTEGER, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    ECDSA_WITH_SHA256,
    commonName(issuer.name),
    sequence(time(from), time(until)),
    commonName(name),
    publicKey.export({ type: 'spki', format: 'der' }),
    ...(extensions.length > 0 ? [der(0xa3, sequence(...extensions))] : []),
  );
  const signature = sign('sha256', body, issuer.key);
  const all = sequence(body, ECDSA_WITH_SHA256, der(0x03, Buffer.from([0]), signature));
  const lines = all
    .toString('base64')
    .match(/.{1,64}/g)
    ?.join('\n');
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
}

const INTEGER = 0x02;
const OCTETS = 0x04;

/** Encodes one value of ASN.1: a tag, a length and the contents. */
function der(tag: number, ...contents: readonly Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

function sequence(...contents: readonly Buffer[]): Buffer {
  return der(0x30, ...contents);
}

function identifier(hex: string): Buffer {
  return der(0x06, Buffer.from(hex, 'hex'));
}

const ECDSA_WITH_SHA256 = sequence(identifier('2a8648ce3d040302'));

function commonName(name: string): Buffer {
  return sequence(der(0x31, sequence(identifier('550403'), der(0x0c, Buffer.from(name)))));
}

function time(date: Date): Buffer {
  const digits = date.toISOString().replace(/\.\d+|[-T:]/g, '');
  return der(0x18, Buffer.from(digits));
}

const TRUE = Buffer.from([0x01, 0x01, 0xff]);

const BASIC_CONSTRAINTS_CA = sequence(identifier('551d13'), TRUE, der(OCTETS, sequence(TRUE)));

function subjectAltName(host: string): Buffer {
  const name = isIP(host)
    ? der(0x87, Buffer.from(host.split('.').map(Number)))
    : der(0x82, Buffer.from(host));
  return sequence(identifier('551d11'), der(OCTETS, sequence(name)));
}
