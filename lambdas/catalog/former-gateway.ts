import * as v from 'valibot';
import { SECRET, sendsNoSecretOpenly, unencrypted } from './secret-settings';
import { expected, objectOf, urlOf } from './setting-types';
import type { SinkSettings } from './sink-settings';

/** The deprecated setting `pushgateway`, which names one sink. */
export const FORMER_GATEWAY = v.pipe(
  objectOf(
    {
      url: urlOf(
        ['http', 'https', 'stdout'],
        'an http or https URL such as https://gateway.example.com, or stdout:',
      ),
      headersSecretArn: v.optional(SECRET),
      allowInsecure: v.optional(v.boolean(expected('true or false'))),
    },
    '{"url":"https://gateway.example.com"}',
  ),
  v.forward(
    v.partialCheck(
      [['url'], ['headersSecretArn'], ['allowInsecure']],
      sendsNoSecretOpenly,
      expected(unencrypted('headersSecretArn')),
    ),
    ['url'],
  ),
);

/** Returns the sinks of the settings. One of both arguments is there. */
export function sinksOf(
  sinks: readonly SinkSettings[] | undefined,
  gateway: v.InferOutput<typeof FORMER_GATEWAY> | undefined,
): SinkSettings[] {
  if (sinks || !gateway) return [...(sinks ?? [])];
  return [gateway.url.startsWith('stdout:') ? { type: 'stdout' } : { type: 'pushgateway', ...gateway }];
}
