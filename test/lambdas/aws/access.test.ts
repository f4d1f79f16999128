import { IAMClient } from '@aws-sdk/client-iam';
import { awsAccess, type Credentials } from '../../../lambdas/aws/access';
import { requestMeter } from '../../../lambdas/aws/request-meter';

const CREDENTIALS: Credentials = { accessKeyId: 'AKIA1', secretAccessKey: 'secret', sessionToken: 'token' };

const access = () => awsAccess(requestMeter(1), new AbortController().signal);

test('a client tries five times, and a request that gets no answer fails instead of waiting for ever', () => {
  const { given } = access().client(ConfiguredClient);
  expect(given).toEqual({
    maxAttempts: 5,
    // Without throwOnRequestTimeout the SDK only logs a warning.
    requestHandler: { connectionTimeout: 3_000, requestTimeout: 20_000, throwOnRequestTimeout: true },
  });
});

/** A client that exposes its configuration. */
class ConfiguredClient {
  readonly config = { serviceId: 'Test' };
  readonly middlewareStack = { add: () => {}, remove: () => true };
  constructor(readonly given: object) {}
}

test('a client has the Region that its source names', async () => {
  const client = access().client(IAMClient, { region: 'eu-south-1' });
  expect(await client.config.region()).toBe('eu-south-1');
});

test('clients of an assumed role use its credentials and the same deadline', async () => {
  const own = access();
  const assumed = own.as(CREDENTIALS);
  const client = assumed.client(IAMClient, { region: 'eu-west-1' });
  expect(await client.config.credentials()).toMatchObject(CREDENTIALS);
  expect(assumed.signal).toBe(own.signal);
});
