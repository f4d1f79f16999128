import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { awsAccess } from '../../lambdas/aws/access';
import { requestMeter } from '../../lambdas/aws/request-meter';
import { type Arn, readArn } from '../../lambdas/domain/arn';
import { timeoutSignal } from '../../lambdas/timeout-signal';

/** The account of the process's credentials. */
export type OwnAccount = Pick<Arn, 'accountId' | 'partition'>;

/**
 * Returns a function that asks AWS which account the credentials belong to, until AWS has answered once. The request is free and
 * needs no permission.
 */
export function ownAccount(): () => Promise<OwnAccount> {
  let known: OwnAccount | undefined;
  return async () => {
    known ??= await asked();
    return known;
  };
}

const LIMIT_MS = 60_000;

/** @throws Error if AWS does not answer or the answer names no account. */
async function asked(): Promise<OwnAccount> {
  const aws = awsAccess(requestMeter(0), timeoutSignal(LIMIT_MS));
  const answer = await aws
    .client(STSClient)
    .send(new GetCallerIdentityCommand({}), { abortSignal: aws.signal });
  const { partition, accountId } = readArn(answer.Arn ?? '') ?? {};
  if (partition && accountId) return { partition, accountId };
  throw new Error(
    `sts:GetCallerIdentity: expected an ARN with an account, got ${JSON.stringify(answer.Arn)}`,
  );
}
