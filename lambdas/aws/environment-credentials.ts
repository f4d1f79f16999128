/**
 * Stands for `@aws-sdk/credential-provider-node` in the bundle of a function. Lambda gives the credentials of the function's role in
 * the environment; the SDK's own module also reads files, SSO, web identities, processes and metadata services: 115 kB that never run.
 */
export function defaultProvider() {
  return async () => {
    const {
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_SESSION_TOKEN: sessionToken,
    } = process.env;
    if (accessKeyId && secretAccessKey) return { accessKeyId, secretAccessKey, sessionToken };
    throw new Error(
      'environment: expected AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, which Lambda sets, got none',
    );
  };
}
