/**
 * Returns credentials from the environment, where Lambda puts those of the function's role. It replaces
 * `@aws-sdk/credential-provider-node` in bundles and saves 115 kB: that module also reads files, SSO and metadata services.
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
