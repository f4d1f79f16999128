import { createHash } from 'node:crypto';
import { AwsFailure } from './failure';
import type { Operation } from './operation';
import { structure, text } from './shape';

const readInput = structure<{ readonly SecretId: string }>({ SecretId: text });

/**
 * Returns the string of a secret.
 * @param secrets Secret strings by ARN.
 */
export function getSecretValue(secrets: Readonly<Record<string, string>>): Operation {
  return {
    pageNumber: () => 1,
    answer(input) {
      const { SecretId: arn } = readInput(input, '');
      const secret = Object.hasOwn(secrets, arn) ? secrets[arn] : undefined;
      if (secret === undefined)
        throw new AwsFailure('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
      const version = createHash('sha256').update(secret).digest('hex').slice(0, 32);
      return {
        ARN: arn,
        Name: nameOf(arn),
        SecretString: secret,
        VersionId: version,
        VersionStages: ['AWSCURRENT'],
      };
    },
  };
}

/** Returns the name in a secret's ARN, which ends in the name, a hyphen and six random characters. */
function nameOf(arn: string): string {
  return arn.slice(arn.lastIndexOf(':') + 1).replace(/-[A-Za-z0-9]{6}$/, '');
}
