import { IAMClient } from '@aws-sdk/client-iam';
import { awsAccess, type Credentials } from '../../../lambdas/aws/access';
import { collectBody } from '../../../lambdas/aws/bounded-body';
import { requestMeter } from '../../../lambdas/aws/request-meter';

const CREDENTIALS: Credentials = { accessKeyId: 'AKIA1', secretAccessKey: 'secret', sessionToken: 'token' };

const NEVER = new AbortController().signal;

const access = () => awsAccess(requestMeter(1), NEVER);

test('a client tries five times, and a request that gets no answer fails instead of waiting for ever', () => {
  const { given } = access().client(RecordingClient);
  expect(given).toEqual({
    maxAttempts: 5,
    // Without throwOnRequestTimeout the SDK only logs a warning.
    requestHandler: { connectionTimeout: 10_000, requestTimeout: 20_000, throwOnRequestTimeout: true },
    streamCollector: collectBody,
  });
});

test('a client counts each attempt, inside the retries, and does not copy answers for a log', () => {
  const { stack } = access().client(RecordingClient);
  expect(stack).toEqual([
    ['remove', 'loggerMiddleware'],
    ['add', { step: 'deserialize', priority: 'high', name: 'tollgateRequestMeter' }],
  ]);
});

test('an attempt is counted by its outcome, and its answer or error handed on', async () => {
  const meter = requestMeter(1);
  const client = awsAccess(meter, NEVER).client(RecordingClient);
  expect(await client.attempt('GetThingCommand', async () => 'answer')).toBe('answer');
  for (const name of ['Throttling', 'AccessDenied', 'TimeoutError', 'InvalidAmountError', 'Error'])
    await expect(client.attempt('GetThingCommand', async () => throwNamed(name))).rejects.toThrow(name);
  expect(meter.counts()).toEqual(
    ['ok', 'throttled', 'denied', 'timeout', 'error'].map((outcome) => ({
      service: 'Test',
      operation: 'GetThing',
      outcome,
      requests: outcome === 'error' ? 2 : 1,
    })),
  );
});

test('an attempt beyond the cap is neither sent nor counted', async () => {
  const meter = requestMeter(0);
  const client = awsAccess(meter, NEVER).client(CostExplorer);
  const next = jest.fn();
  await expect(client.attempt('GetCostAndUsageCommand', next)).rejects.toThrow('the cap of 0');
  expect([next.mock.calls, meter.counts()]).toEqual([[], []]);
});

test('a client or command without a name is counted as unknown', async () => {
  const meter = requestMeter(1);
  await awsAccess(meter, NEVER)
    .client(Nameless)
    .attempt(undefined, async () => {});
  expect(meter.counts()).toEqual([{ service: 'unknown', operation: 'unknown', outcome: 'ok', requests: 1 }]);
});

test('only the last “Command” of a command’s name is dropped', async () => {
  const meter = requestMeter(1);
  await awsAccess(meter, NEVER)
    .client(RecordingClient)
    .attempt('GetCommandInvocationCommand', async () => {});
  expect(meter.counts().map(({ operation }) => operation)).toEqual(['GetCommandInvocation']);
});

type Next = (args: unknown) => Promise<unknown>;
type Middleware = (next: Next, context: { commandName?: string }) => Next;

/** A client that shows how it was configured, and runs the middleware that it was given. */
class RecordingClient {
  readonly config: { serviceId?: string } = { serviceId: 'Test' };
  readonly stack: unknown[] = [];
  private middleware: Middleware = (next) => next;
  readonly middlewareStack = {
    add: (middleware: Middleware, options: object) => {
      this.middleware = middleware;
      this.stack.push(['add', options]);
    },
    remove: (name: string) => {
      this.stack.push(['remove', name]);
      return true;
    },
  };
  constructor(readonly given: object) {}
  attempt(commandName: string | undefined, next: Next): Promise<unknown> {
    return this.middleware(next, { ...(commandName && { commandName }) })({});
  }
}

class CostExplorer extends RecordingClient {
  override readonly config = { serviceId: 'Cost Explorer' };
}

class Nameless extends RecordingClient {
  override readonly config = {};
}

function throwNamed(name: string): never {
  throw Object.assign(new Error(name), { name });
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
