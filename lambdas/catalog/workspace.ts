/** A workspace of Amazon Managed Service for Prometheus. */
interface Workspace {
  readonly region: string;
  /** The URL that accepts remote write. */
  readonly url: string;
}

/** Returns the Region of a workspace and its URL for remote write, from the workspace's ARN. */
export function workspaceOf(arn: string): Workspace {
  const [, partition = '', , region = '', , resource = ''] = arn.split(':');
  const host = `aps-workspaces.${region}.${SUFFIXES[partition] ?? 'amazonaws.com'}`;
  return {
    region,
    url: `https://${host}/workspaces/${resource.replace('workspace/', '')}/api/v1/remote_write`,
  };
}

/** The domains of the partitions that have their own. */
const SUFFIXES: Readonly<Record<string, string>> = { 'aws-cn': 'amazonaws.com.cn' };
