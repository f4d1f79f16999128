import type { Invocation } from '../../lib/local/lambda';
import type { RecordingGateway } from '../support/recording-gateway';

/** A password that resembles no other text. */
const TOKEN = 'c4N4rY-7f3Kq9Zx2LmW8vTb5-pJ6hG1s';
const BASIC = Buffer.from(`Zq7:${TOKEN}`).toString('base64');

export const CANARY = { token: TOKEN, basic: BASIC, authorization: `Basic ${BASIC}` } as const;

/** The forms in which a server or a proxy may repeat a secret, by name. */
export const ENCODINGS: Readonly<Record<string, (secret: string) => string>> = {
  plain: (secret) => secret,
  'in lower case': (secret) => secret.toLowerCase(),
  'encoded for a URL': (secret) => encodeURIComponent(secret),
  'encoded for a URL, each character': (secret) => hex(secret).replace(/../g, '%$&'),
  'in base64': (secret) => Buffer.from(secret).toString('base64'),
  'in base64url': (secret) => Buffer.from(secret).toString('base64url'),
  'in base64 after one character': (secret) => Buffer.from(`:${secret}`).toString('base64'),
  'in base64 after two characters': (secret) => Buffer.from(`a:${secret}`).toString('base64'),
  'in hexadecimal digits': hex,
  'in upper-case hexadecimal digits': (secret) => hex(secret).toUpperCase(),
  'as Basic credentials': (secret) => `Basic ${Buffer.from(`user:${secret}`).toString('base64')}`,
  'as a Bearer token': (secret) => `Bearer ${secret}`,
};

function hex(text: string): string {
  return Buffer.from(text).toString('hex');
}

/** Number of consecutive characters that count as a leak: with a part known, the rest can be guessed. */
const WINDOW = 8;

/** Returns the parts of a secret that must not appear anywhere, in every encoding. */
export function partsOf(secret: string): string[] {
  // The first and the last characters of an encoded string belong to what is around the secret.
  const encoded = Object.values(ENCODINGS).map((encode) => encode(secret).replace(/^(Basic|Bearer) /, ''));
  return [...new Set(encoded)].flatMap((text) =>
    Array.from({ length: Math.max(0, text.length - WINDOW - 7) }, (_, i) =>
      text.slice(i + 4, i + 4 + WINDOW),
    ),
  );
}

const PIECES = [TOKEN, BASIC].flatMap((secret) => [
  ...partsOf(secret),
  secret.slice(0, WINDOW),
  secret.slice(-WINDOW),
]);

/** Visible results of a run. */
export interface Ran extends Pick<Invocation, 'error'> {
  readonly log?: string;
}

/** Returns each place where the canary appears, with the text around it. */
export function leaks({ log = '', error }: Ran, gateway?: Pick<RecordingGateway, 'requests'>): string[] {
  const pushed = gateway?.requests.map(({ url, body }) => `${url}\n${body}`).join('\n') ?? '';
  const places = { log, error: `${error?.errorType}: ${error?.errorMessage}`, pushed };
  return Object.entries(places).flatMap(([place, text]) => {
    const at = Math.min(...PIECES.map((piece) => text.indexOf(piece)).filter((found) => found >= 0));
    return at === Number.POSITIVE_INFINITY
      ? []
      : [`${place}: …${text.slice(Math.max(0, at - 60), at + WINDOW)}…`];
  });
}
