import { setTimeout } from 'node:timers/promises';
import { isLoopback } from '../../catalog/loopback';
import { timeoutSignal } from '../../timeout-signal';
import { firstLine, NoAnswerError, withheld } from './answer';

interface PostOptions {
  readonly signal: AbortSignal;
  /** @default 20 000 */
  readonly timeoutMs?: number;
}

/**
 * Posts JSON. Throws unless the status is 2xx. Only a 429 that asks for at most ten seconds is repeated, once, because
 * after other failures the message may already be in the channel. Errors name only the host: the rest of the URL is secret.
 */
export async function post(url: URL, message: object, options: PostOptions): Promise<void> {
  const first = await send(url, message, options);
  const waitMs = retryAfterMs(first);
  if (waitMs === undefined) return demandAccepted(url, first);
  await first.body?.cancel();
  await setTimeout(waitMs, undefined, { signal: options.signal });
  return demandAccepted(url, await send(url, message, options));
}

/** Returns the URL in the secret. Errors do not show the text, because it is secret. */
export function webhookUrl(text: string, whose: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && isSafe(url) && !url.username && !url.password) return url;
  throw new Error(
    `${whose}: expected an https URL such as https://hooks.example.com/path, without user and password`,
  );
}

/** Accepts http for this machine, so that a webhook can be tried without TLS. */
function isSafe({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
}

function send(url: URL, message: object, { signal, timeoutMs = 20_000 }: PostOptions): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(message),
    redirect: 'manual',
    signal: AbortSignal.any([signal, timeoutSignal(timeoutMs)]),
  }).catch((error: unknown) => {
    throw new NoAnswerError(`the webhook at ${url.host}`, error);
  });
}

const LONGEST_WAIT_SECONDS = 10;

function retryAfterMs({ status, headers }: Response): number | undefined {
  const seconds = headers.get('retry-after') ?? '';
  const isShort = /^\d+$/.test(seconds) && Number(seconds) <= LONGEST_WAIT_SECONDS;
  return status === 429 && isShort ? Number(seconds) * 1000 : undefined;
}

async function demandAccepted(url: URL, response: Response): Promise<void> {
  if (response.ok) return void (await response.body?.cancel());
  const said = await firstLine(response);
  const shown = SLACK_ERRORS.has(said) ? said : withheld('secret URL');
  throw new Error(`expected 2xx from the webhook at ${url.host}, got ${response.status}: ${shown}`);
}

/** Answers that Slack documents for its webhooks. They name the cause and repeat no part of the request. */
const SLACK_ERRORS: ReadonlySet<string> = new Set([
  'action_prohibited',
  'channel_is_archived',
  'channel_not_found',
  'invalid_payload',
  'invalid_token',
  'no_active_hooks',
  'no_service',
  'no_service_id',
  'no_team',
  'no_text',
  'posting_to_general_channel_denied',
  'team_disabled',
  'too_many_attachments',
  'user_not_found',
]);
