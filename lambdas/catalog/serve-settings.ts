import * as v from 'valibot';
import { expected, integer, objectOf, setting, text } from './setting-types';

/**
 * The port of the exporter. Every port of the range for exporters, 9100 to 9999, is allocated. This one belongs to exporters inside
 * an application (OpenTelemetry's default), so it is seldom taken on a host or in a container that runs the exporter alone.
 */
const SERVE_PORT = 9464;

const FILE = 'the path of a file';

const TLS = objectOf(
  {
    certFile: setting(text(FILE), 'PEM file with the certificate and its chain.'),
    keyFile: setting(text(FILE), 'PEM file with the private key.'),
  },
  '{"certFile":"/tls/tls.crt","keyFile":"/tls/tls.key"}',
);

const AUTH_EXAMPLE = '{"bearerFile":"/secrets/token"}';

const AUTH = v.pipe(
  objectOf(
    {
      basicFile: setting(v.optional(text(FILE)), 'File with `user:password`.'),
      bearerFile: setting(v.optional(text(FILE)), 'File with a token.'),
    },
    AUTH_EXAMPLE,
  ),
  v.check(
    ({ basicFile, bearerFile }) => (basicFile === undefined) !== (bearerFile === undefined),
    expected(`either basicFile or bearerFile, such as ${AUTH_EXAMPLE}`),
  ),
);

/** The settings of `npm run serve`. Secrets are in files, never in the settings. */
export const SERVE = setting(
  v.optional(
    objectOf(
      {
        host: setting(
          v.optional(text('a host to listen on such as 127.0.0.1'), '127.0.0.1'),
          'Address to listen on; `0.0.0.0` is every IPv4 address of the machine.',
        ),
        port: setting(v.optional(integer(1, 65_535), SERVE_PORT), 'Port to listen on.'),
        tls: setting(v.optional(TLS), 'Serves HTTPS.'),
        auth: setting(
          v.optional(AUTH),
          'Demands credentials on every path except `/-/healthy` and `/-/ready`.',
        ),
        dataDir: setting(
          v.optional(text('the path of a folder'), 'tollgate-data'),
          'Folder of the snapshot and of the ledger. With it, a restart sends no query.',
        ),
      },
      '{"port":9464}',
    ),
    {},
  ),
  'The exporter that `npm run serve` starts (docs/serve.md).',
);

/** The exporter's settings with their defaults. */
export type ServeSettings = v.InferOutput<typeof SERVE>;
