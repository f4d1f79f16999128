import type { Invocation } from '../../lib/local/lambda';
import type { RecordingGateway } from '../support/recording-gateway';

/** A password that looks like nothing else. */
const TOKEN = 'c4N4rY-7f3Kq9Zx2LmW8vTb5-pJ6hG1s';
const BASIC = Buffer.from(`Zq7:${TOKEN}`).toString('base64');

export const CANARY = { token: TOKEN, basic: BASIC, authorization: `Basic ${BASIC}` } as const;

/** Eight characters in a row are a leak: a cut text gives away a part, and the rest can be tried. */
const WINDOW = 8;
const PIECES = [TOKEN, BASIC].flatMap((secret) =>
  Array.from({ length: secret.length - WINDOW + 1 }, (_, i) => secret.slice(i, i + WINDOW)),
);

/** What is seen of a run. */
export interface Ran extends Pick<Invocation, 'error'> {
  readonly log?: string;
}

/** Where the canary is seen that should be nowhere: each place once, with the text around it. */
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
