import type { Invocation } from '../../lib/local/lambda';
import type { RecordingGateway } from '../support/recording-gateway';

/** A password that resembles no other text. */
const TOKEN = 'c4N4rY-7f3Kq9Zx2LmW8vTb5-pJ6hG1s';
const BASIC = Buffer.from(`Zq7:${TOKEN}`).toString('base64');

export const CANARY = { token: TOKEN, basic: BASIC, authorization: `Basic ${BASIC}` } as const;

/** Number of consecutive characters that count as a leak: with a part known, the rest can be guessed. */
const WINDOW = 8;
const PIECES = [TOKEN, BASIC].flatMap((secret) =>
  Array.from({ length: secret.length - WINDOW + 1 }, (_, i) => secret.slice(i, i + WINDOW)),
);

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
