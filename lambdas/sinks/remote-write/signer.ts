import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import type { WriteRequest } from './write-request';

/** Returns the headers of a request to a URL, with those of its signature. */
export type Signer = (url: string, request: WriteRequest) => Promise<Readonly<Record<string, string>>>;

/** The properties that a request is signed with. */
export interface SignerOptions {
  /** The Region of the workspace. */
  readonly region: string;
  readonly credentials: () => Promise<Credentials>;
}

/** Credentials of AWS. */
interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Returns a signer for Amazon Managed Service for Prometheus: Signature Version 4 for the service `aps`. */
export function workspaceSigner({ region, credentials }: SignerOptions): Signer {
  const signature = new SignatureV4({ service: 'aps', region, credentials, sha256: Sha256 });
  return async (url, { headers, body }) => {
    const { protocol, hostname, host, pathname: path } = new URL(url);
    const request = { method: 'POST', protocol, hostname, path, headers: { ...headers, host }, body };
    const signed = await signature.sign({ ...request, query: {} });
    return signed.headers;
  };
}

/** The hash of Node.js with the interface of the signer. */
class Sha256 {
  private readonly hash: Hash | Hmac;
  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.hash = secret === undefined ? createHash('sha256') : createHmac('sha256', keyOf(secret));
  }
  update(data: Uint8Array): void {
    this.hash.update(data);
  }
  async digest(): Promise<Uint8Array> {
    return this.hash.digest();
  }
}

function keyOf(secret: string | ArrayBuffer | ArrayBufferView): string | Uint8Array {
  if (typeof secret === 'string') return secret;
  return ArrayBuffer.isView(secret)
    ? new Uint8Array(secret.buffer, secret.byteOffset, secret.byteLength)
    : new Uint8Array(secret);
}
