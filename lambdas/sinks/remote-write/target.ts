import type { SinkSettings } from '../../catalog/sink-settings';
import { workspaceOf } from '../../catalog/workspace';
import { type Signer, type SignerOptions, workspaceSigner } from './signer';

/** The place that a sink writes to. */
interface Target {
  readonly url: string;
  /** @default requests are not signed */
  readonly sign?: Signer;
}

/** The variables of the AWS SDKs that replace the host of a service, the first before the second. */
export type Endpoints = Readonly<Partial<Record<'AWS_ENDPOINT_URL_AMP' | 'AWS_ENDPOINT_URL', string>>>;

/** Returns the URL in the settings of a sink. A workspace's URL follows from its ARN, and its requests are signed. */
export function targetOf(
  { url, workspaceArn }: Pick<Extract<SinkSettings, { type: 'remote-write' }>, 'url' | 'workspaceArn'>,
  { credentials, endpoints = {} }: Pick<SignerOptions, 'credentials'> & { readonly endpoints?: Endpoints },
): Target {
  if (workspaceArn === undefined) return { url: url ?? '' };
  const workspace = workspaceOf(workspaceArn);
  const endpoint = endpoints.AWS_ENDPOINT_URL_AMP ?? endpoints.AWS_ENDPOINT_URL;
  const { pathname } = new URL(workspace.url);
  return {
    url: endpoint ? `${endpoint.replace(/\/+$/, '')}${pathname}` : workspace.url,
    sign: workspaceSigner({ region: workspace.region, credentials }),
  };
}
