import { AssumeRoleCommand, type STSClient } from '@aws-sdk/client-sts';
import type { Member } from '../catalog/runtime-settings';
import type { Credentials } from './access';
import { AnswerError } from './answer-error';

/**
 * Returns credentials of the member's role, which expire after at most an hour.
 * @throws AnswerError that names the role, even if AWS's own error does not.
 */
export async function assumeRole(
  client: STSClient,
  { roleArn, externalId }: Member,
  { sessionName, abortSignal }: { readonly sessionName: string; readonly abortSignal: AbortSignal },
): Promise<Credentials> {
  const command = new AssumeRoleCommand({
    RoleArn: roleArn,
    RoleSessionName: sessionName,
    ExternalId: externalId,
  });
  const { Credentials: given } = await client.send(command, { abortSignal });
  const {
    AccessKeyId: accessKeyId,
    SecretAccessKey: secretAccessKey,
    SessionToken: sessionToken,
  } = given ?? {};
  if (accessKeyId && secretAccessKey && sessionToken) return { accessKeyId, secretAccessKey, sessionToken };
  throw new AnswerError(`sts:AssumeRole of ${roleArn}: expected credentials, got none`);
}
