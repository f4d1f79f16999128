import * as v from 'valibot';
import { METRICS } from './metrics';
import { ALLOW_INSECURE, SECRET, sendsNoSecretOpenly, unencrypted } from './secret-settings';
import { expected, list, matching, objectOf, setting, urlOf } from './setting-types';
import { workspaceOf } from './workspace';

/** Bytes of a URL. It is a part of the ledger's keys, which DynamoDB limits to 1024 bytes. */
const URL_BYTES = 512;

/** Returns a URL that samples are sent to. */
const receiverUrl = (what: string) =>
  v.pipe(
    urlOf(['http', 'https'], what),
    v.maxBytes(URL_BYTES, expected(`a URL of at most ${URL_BYTES} bytes`)),
  );

/** The labels that sinks must not add: a series has them already, or Prometheus gives them a meaning. */
const RESERVED: ReadonlySet<string> = new Set([
  ...Object.values(METRICS).flatMap(({ labels }) => labels),
  'job',
  'deployment',
  'le',
  'quantile',
]);

const LABEL_NAME = v.pipe(
  matching(/^(?!__)[a-zA-Z_]\w*$/, 'the name of a label such as instance'),
  v.check(
    (name) => !RESERVED.has(name),
    expected(
      'a label that no metric has, such as instance: job, le, quantile and the labels in docs/metrics.md are taken',
    ),
  ),
);

const VALUE = 'a value of 1 to 64 characters';
const LABEL_VALUE = v.pipe(
  v.string(expected(VALUE)),
  v.minLength(1, expected(VALUE)),
  v.maxLength(64, expected(VALUE)),
);

/** The settings that every sink behind a URL may have. */
const OF_RECEIVERS = {
  headersSecretArn: setting(
    v.optional(SECRET),
    'Secret with request headers as a JSON object: `{"Authorization":"Basic …"}`, `{"X-BK-TOKEN":"…"}`.',
  ),
  allowInsecure: ALLOW_INSECURE,
  groupingLabels: setting(
    v.optional(v.record(LABEL_NAME, LABEL_VALUE, expected('labels such as {"instance":"blue"}'))),
    'Labels that are added to the grouping key of every group at this sink: `{"instance":"blue"}`.',
  ),
  tlsSecretArn: setting(
    v.optional(SECRET),
    'Secret with a JSON object of PEM strings: `ca`, the authority of the server’s certificate; `cert` and `key`, the client’s certificate.',
  ),
  proxyUrl: setting(
    v.optional(urlOf(['http', 'https'], 'an http or https URL such as http://proxy.example.com:3128')),
    'HTTP proxy that requests to this sink go through.',
  ),
  retired: setting(
    v.optional(v.boolean(expected('true or false'))),
    'Publishes nothing more to this sink. The next complete runs delete what they published there; then remove the sink from the list.',
  ),
};

const PUSHGATEWAY = v.pipe(
  objectOf(
    {
      type: setting(
        v.literal('pushgateway'),
        '`pushgateway`; `remote-write`, the protocol of Prometheus, Mimir and Amazon Managed Service for Prometheus; or `stdout`, which writes to the function’s log.',
      ),
      url: setting(
        receiverUrl('an http or https URL such as https://gateway.example.com'),
        'Where to send the samples. For `remote-write` with its path, such as `https://mimir.example.com/api/v1/push`.',
      ),
      ...OF_RECEIVERS,
    },
    '{"type":"pushgateway","url":"https://gateway.example.com"}',
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

const REMOTE_WRITE = v.pipe(
  objectOf(
    {
      type: v.literal('remote-write'),
      url: v.optional(receiverUrl('an http or https URL such as https://mimir.example.com/api/v1/push')),
      workspaceArn: setting(
        v.optional(
          matching(
            /^arn:[a-z-]+:aps:[a-z0-9-]+:\d{12}:workspace\/ws-[\w-]+$/,
            'the ARN of a workspace such as arn:aws:aps:eu-west-1:111122223333:workspace/ws-0a1b2c3d',
          ),
        ),
        'Only `remote-write`: the workspace of Amazon Managed Service for Prometheus to write to, instead of `url`. Requests are signed with the function’s credentials.',
      ),
      ...OF_RECEIVERS,
    },
    '{"type":"remote-write","url":"https://mimir.example.com/api/v1/push"}',
  ),
  v.forward(
    v.partialCheck(
      [['url'], ['workspaceArn']],
      ({ url, workspaceArn }) => (url === undefined) !== (workspaceArn === undefined),
      expected('exactly one of url and workspaceArn'),
    ),
    ['url'],
  ),
  v.forward(
    v.partialCheck(
      [['workspaceArn'], ['headersSecretArn']],
      ({ workspaceArn, headersSecretArn }) => !workspaceArn || !headersSecretArn,
      expected('no secret together with workspaceArn, because requests to the workspace are signed'),
    ),
    ['headersSecretArn'],
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

const STDOUT = objectOf({ type: v.literal('stdout') }, '{"type":"stdout"}');

const EXAMPLE = '{"type":"pushgateway","url":"https://gateway.example.com"}';

/** The shortest value of the setting. */
export const EXAMPLE_SINKS = `[${EXAMPLE}]`;

const SINK = v.variant('type', [PUSHGATEWAY, REMOTE_WRITE, STDOUT], ({ expected: type }) =>
  expected(type === 'Object' ? `an object such as ${EXAMPLE}` : 'one of pushgateway, remote-write, stdout'),
);

/** The sinks that runs publish to. */
export const SINKS = v.pipe(
  list(SINK, EXAMPLE_SINKS),
  v.checkItems(
    (sink, index, all) => all.findIndex((other) => sinkId(other) === sinkId(sink)) === index,
    expected('a sink that no other entry names'),
  ),
  v.check(
    (sinks) => sinks.length === 0 || sinks.some((sink) => !isRetired(sink)),
    expected('at least one sink that is not retired'),
  ),
);

/** A sink of the settings. */
export type SinkSettings = v.InferOutput<typeof SINK>;

/** Returns the name of a sink in the ledger, in metrics, logs and errors: its URL without a trailing slash. */
export function sinkId(sink: SinkSettings): string {
  return sink.type === 'stdout' ? 'stdout' : urlOfSink(sink).replace(/\/+$/, '');
}

/** Returns the URL that samples are sent to. */
function urlOfSink(sink: Exclude<SinkSettings, { readonly type: 'stdout' }>): string {
  if (sink.type === 'pushgateway') return sink.url;
  return sink.url ?? workspaceOf(sink.workspaceArn ?? '').url;
}

/** Reports whether a sink receives no more samples. */
export function isRetired(sink: SinkSettings): boolean {
  return sink.type !== 'stdout' && sink.retired === true;
}
