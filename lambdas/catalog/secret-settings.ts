import * as v from 'valibot';
import { isLoopback } from './loopback';
import { arnOf, expected, setting } from './setting-types';

/** The ARN of a secret. */
export const SECRET = arnOf('secretsmanager', 'secret:[\\w/+=.@-]+', 'secret:gateway-AbCdEf');

/** The permission to send secret headers unencrypted. */
export const ALLOW_INSECURE = setting(
  v.optional(v.boolean(expected('true or false'))),
  'Permits `http://` together with secret headers, which then cross the network unencrypted. A loopback address needs no permission.',
);

/** Returns the expectation of a URL whose requests carry secret headers. */
export function unencrypted(secret: string): string {
  return `an https URL together with ${secret}, because http would send the headers unencrypted; set allowInsecure to true to send them anyway`;
}

/** Reports whether nobody else can read what is sent to the URL. A URL of another form passes, because its own check reports it. */
export function isPrivate(url: string): boolean {
  if (!URL.canParse(url)) return true;
  const { protocol, hostname } = new URL(url);
  return protocol !== 'http:' || isLoopback(hostname);
}

/** Reports whether the settings of a server send it no secret headers unencrypted, or permit it. */
export function sendsNoSecretOpenly({
  url,
  headersSecretArn,
  allowInsecure,
}: {
  readonly url?: string;
  readonly headersSecretArn?: string;
  readonly allowInsecure?: boolean;
}): boolean {
  return !url || !headersSecretArn || allowInsecure === true || isPrivate(url);
}
