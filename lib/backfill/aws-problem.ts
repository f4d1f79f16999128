import { errorKind } from '../../lambdas/aws/error-kind';
import { UserError } from '../user-error';

/** Returns an error of AWS in words for the user. Any other error is a defect, and is returned unchanged. */
export function awsProblem(error: unknown): Error {
  const { name, message } = error as Error;
  if (error instanceof UserError) return error;
  if (/^CredentialsProviderError$/.test(name) || /Region is missing/.test(message))
    return new UserError(
      `AWS: ${message}: expected credentials and a Region in the environment or the AWS configuration, such as AWS_PROFILE and AWS_REGION`,
    );
  if (errorKind(error) === 'other' && !('$fault' in (error as object))) return error as Error;
  return new UserError(`AWS: ${message} (${name})`);
}
