/** The parts of an ARN. Region and account are empty if the service has none: `arn:aws:s3:::bucket`. */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly accountId: string;
  /** Everything after the account: `function:NAME`, `instance/i-0a1b`, … */
  readonly resource: string;
}

/** @throws Error that quotes a string which is not an ARN. */
function parseArn(text: string): Arn {
  const arn = readArn(text);
  if (arn) return arn;
  throw new Error(
    `expected an ARN such as arn:aws:lambda:eu-west-1:111122223333:function:NAME, got "${text}"`,
  );
}

/** Returns undefined for a string that is not an ARN. */
export function readArn(text: string): Arn | undefined {
  const { partition, service, region, accountId, resource } = ARN.exec(text)?.groups ?? {};
  if (!partition || !service || !resource) return undefined;
  return { partition, service, region: region ?? '', accountId: accountId ?? '', resource };
}

const ARN =
  /^arn:(?<partition>[^:]+):(?<service>[^:]+):(?<region>[^:]*):(?<accountId>[^:]*):(?<resource>.+)$/s;

/** The account that a Lambda function runs in, and its partition. */
type FunctionAccount = Pick<Arn, 'partition' | 'accountId'>;

/**
 * Returns the account and the partition of a Lambda function.
 * @throws Error for any other ARN, and for a string that is not an ARN.
 */
export function accountOfFunctionArn(text: string): FunctionAccount {
  const { partition, service, accountId, resource } = parseArn(text);
  if (service === 'lambda' && accountId && resource.startsWith('function:')) return { partition, accountId };
  throw new Error(`expected the ARN of a Lambda function with its account, got "${text}"`);
}
