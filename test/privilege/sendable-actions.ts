import type { Metafile } from 'esbuild';
import { type IamActions, iamActionOf } from '../../lib/local/aws/iam-actions';

/** Names of the services in IAM, by the SDK's client. */
const IAM_SERVICES: Readonly<Record<string, string>> = {
  account: 'account',
  'cost-explorer': 'ce',
  dynamodb: 'dynamodb',
  ec2: 'ec2',
  iam: 'iam',
  organizations: 'organizations',
  'resource-groups-tagging-api': 'tag',
  'secrets-manager': 'secretsmanager',
  sts: 'sts',
};

/**
 * Commands that a client's configuration names, and that nothing sends: no command of DynamoDB discovers its endpoint
 * (no-endpoint-discovery.ts).
 */
const NEVER_SENT: readonly string[] = ['dynamodb:DescribeEndpoints'];

const CLIENT_FILE = /node_modules\/@aws-sdk\/client-([^/]+)\//;
const COMMAND_FILE = /node_modules\/@aws-sdk\/client-([^/]+)\/dist-[^/]+\/commands\/(\w+)Command\.js$/;
/** A command of Tollgate: `lambdas/aws/SERVICE/OPERATION-command.ts`. */
const OWN_COMMAND_FILE = /lambdas\/aws\/([^/]+)\/([\w-]+)-command\.ts$/;
/** Files that sign requests without a client of the SDK, and the IAM action of these requests. */
const SIGNERS: readonly (readonly [file: RegExp, action: string])[] = [
  [/lambdas\/sinks\/remote-write\/(signer)()\.ts$/, 'aps:RemoteWrite'],
];

const CREDENTIAL_FILE = /node_modules\/@aws-sdk\/nested-clients\/.*\/([^/]+)\/commands\/(\w+)Command\.js$/;

/**
 * Returns the IAM actions of all commands that are left in a bundle after tree shaking, sorted, each once.
 * @throws Error for a client that is not in the table, and for one whose commands are not separate files.
 */
export function sendableActions(metafile: Metafile, renamed?: IamActions): string[] {
  const commands = matches(metafile, COMMAND_FILE);
  const own = matches(metafile, OWN_COMMAND_FILE).map(
    ([client, file]) => [client, pascalCase(file)] as const,
  );
  const clients = new Set(matches(metafile, CLIENT_FILE).map(([client]) => client));
  for (const client of clients) {
    if (!commands.some(([owner]) => owner === client))
      throw new Error(`expected files of commands of client-${client} in the bundle, got none`);
  }
  const operations = [...commands, ...own].map(([client, operation]) => `${iamService(client)}:${operation}`);
  const signed = SIGNERS.flatMap(([file, action]) => (matches(metafile, file).length > 0 ? [action] : []));
  const sendable = [...operations, ...signed].filter((operation) => !NEVER_SENT.includes(operation));
  return [...new Set(sendable.map((operation) => iamActionOf(operation, renamed)))].sort();
}

function pascalCase(file: string): string {
  return file.replace(/(^|-)(\w)/g, (_, __, letter: string) => letter.toUpperCase());
}

/** Returns the commands in the SDK's credential providers as `client:Operation`. */
export function credentialCommands(metafile: Metafile): string[] {
  return matches(metafile, CREDENTIAL_FILE)
    .map(([client, operation]) => `${client}:${operation}`)
    .sort();
}

function iamService(client: string): string {
  const service = IAM_SERVICES[client];
  if (service) return service;
  throw new Error(`client-${client}: expected one of ${Object.keys(IAM_SERVICES).join(', ')}`);
}

/** Returns the groups of the pattern in the names of the bundle's files. */
function matches({ outputs }: Metafile, pattern: RegExp): [string, string][] {
  const inputs = Object.values(outputs).flatMap((output) => Object.entries(output.inputs));
  return inputs.flatMap(([file, { bytesInOutput }]) => {
    const [, first = '', second = ''] = (bytesInOutput > 0 && pattern.exec(file)) || [];
    return first ? [[first, second]] : [];
  });
}
