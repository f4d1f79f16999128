/** The values that CloudFormation fills in when it deploys. */
export interface Deployment {
  readonly accountId: string;
  readonly region: string;
  /** CloudFormation type by logical id. */
  readonly types: Readonly<Record<string, string>>;
}

/**
 * Returns a template's value with Ref, Fn::GetAtt, Fn::Join and Fn::Sub resolved.
 * @throws Error for any other intrinsic function instead of guessing its value.
 */
export function resolve(value: unknown, deployment: Deployment): unknown {
  if (Array.isArray(value)) return value.map((item) => resolve(item, deployment));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [name = '', argument] = entries[0] ?? [];
  if (entries.length === 1 && (name === 'Ref' || name.startsWith('Fn::')))
    return intrinsic(name, argument, deployment);
  return Object.fromEntries(entries.map(([key, item]) => [key, resolve(item, deployment)]));
}

/** Returns a unique, stable ARN for a resource: `arn:aws:lambda:REGION:ACCOUNT:function:LogicalId`. `Ref` gives the id as its name. */
export function arnOf(logicalId: string, { accountId, region, types }: Deployment): string {
  const [, service = '', type = ''] = (
    types[logicalId] ?? fail(`expected a resource, got ${logicalId}`)
  ).split('::');
  return `arn:aws:${service.toLowerCase()}:${region}:${accountId}:${type.toLowerCase()}${type === 'Table' ? '/' : ':'}${logicalId}`;
}

function intrinsic(name: string, argument: unknown, deployment: Deployment): unknown {
  const known = INTRINSICS[name];
  if (!known)
    return fail(`expected Ref, Fn::GetAtt, Fn::Join or Fn::Sub, got ${name} ${JSON.stringify(argument)}`);
  return known(argument, deployment);
}

const INTRINSICS: Readonly<Record<string, (argument: unknown, deployment: Deployment) => unknown>> = {
  Ref: (id, deployment) => reference(String(id), deployment),
  'Fn::GetAtt': (argument, deployment) => {
    const [id = '', attribute] = argument as string[];
    return attribute === 'Arn'
      ? arnOf(id, deployment)
      : fail(`expected the attribute Arn, got ${id}.${attribute}`);
  },
  'Fn::Join': (argument, deployment) => {
    const [separator, parts] = argument as [string, unknown[]];
    return parts.map((part) => resolve(part, deployment)).join(separator);
  },
  'Fn::Sub': (text, deployment) =>
    typeof text === 'string'
      ? text.replace(/\$\{([^}]+)\}/g, (_, id: string) => reference(id, deployment))
      : fail('expected Fn::Sub with a string, got an array'),
};

function reference(id: string, { accountId, region, types }: Deployment): string {
  const pseudo: Readonly<Record<string, string>> = {
    'AWS::AccountId': accountId,
    'AWS::Region': region,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
  };
  return pseudo[id] ?? (id in types ? id : fail(`expected a resource or pseudo parameter, got ${id}`));
}

function fail(problem: string): never {
  throw new Error(`template: ${problem}`);
}
