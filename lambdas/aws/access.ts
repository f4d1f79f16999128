import type { Outcome } from '../catalog/label-values';
import { type Answer, answerOf, dateOf, demandAwsFormat, inWords } from './answer-format';
import { collectBody } from './bounded-body';
import { errorKind } from './error-kind';
import type { RequestMeter } from './request-meter';

/** Access to AWS for a source. Its clients time out, retry, count their requests and stop at the run's deadline. */
export interface AwsAccess {
  /** Returns a new client. @default the Region of the function */
  client<C extends MeteredClient>(Client: ClientConstructor<C>, options?: { region?: string }): C;
  /** Returns this access with the credentials of an assumed role instead. */
  as(credentials: Credentials): AwsAccess;
  /** Aborts when the run has no time left to read. Pass it to every `send`. */
  readonly signal: AbortSignal;
  /** Returns the time of AWS's last answer; before the first answer, the function's own time. */
  now(): Date;
}

/** Credentials of an assumed role. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** The connection of clients outside a function. Each part defaults to that of the SDK. */
export interface Connection {
  readonly credentials?: Credentials;
  readonly region?: string;
  /** The URL of every service. */
  readonly endpoint?: string;
}

type ClientConstructor<C> = new (config: Connection & typeof PATIENCE) => C;

interface MeteredClient {
  readonly config: { readonly serviceId?: string };
  /** Each client types its stack by its own inputs. The meter reads none of them, so `never` fits every client. */
  readonly middlewareStack: {
    add(middleware: never, options: never): void;
    remove(name: string): boolean;
  };
}
type Handler = (args: unknown) => Promise<{ readonly response?: Answer } | undefined>;
type Middleware = (next: Handler, context: { commandName?: string }) => Handler;

/** Returns access by the given connection, or else with the credentials and the Region of the function. */
export function awsAccess(meter: RequestMeter, signal: AbortSignal, connection: Connection = {}): AwsAccess {
  const fixed = { ...connection, ...PATIENCE };
  let answeredAt: number | undefined;
  const attempts = {
    meter,
    onAnswer: (answer: Answer | undefined) => (answeredAt = dateOf(answer) ?? answeredAt),
  };
  return {
    signal,
    as: (credentials) => awsAccess(meter, signal, { ...connection, credentials }),
    client: (Client, { region } = {}) =>
      metered(new Client({ ...fixed, ...(region && { region }) }), attempts),
    now: () => (answeredAt === undefined ? new Date() : new Date(answeredAt)),
  };
}

// By default the SDK waits for ever. `requestTimeout` alone only warns. A function with little memory has a small share of a
// processor and may notice a connection seconds after it was made.
const PATIENCE = {
  maxAttempts: 5,
  requestHandler: { connectionTimeout: 10_000, requestTimeout: 20_000, throwOnRequestTimeout: true },
  streamCollector: collectBody,
};

/** The deserialize step runs inside the SDK's retries, so once per attempt. */
const EACH_ATTEMPT = { step: 'deserialize', priority: 'high', name: 'tollgateRequestMeter' };

/** Middleware that is removed. It copies every answer to hide secrets in logs, which takes longer than reading the answer. */
const LOGGER = 'loggerMiddleware';

interface Attempts {
  readonly meter: RequestMeter;
  /** Receives each answer, also those that are errors. */
  readonly onAnswer: (answer: Answer | undefined) => void;
}

function metered<C extends MeteredClient>(client: C, attempts: Attempts): C {
  const service = client.config.serviceId ?? 'unknown';
  client.middlewareStack.remove(LOGGER);
  client.middlewareStack.add(eachAttempt(service, attempts) as never, EACH_ATTEMPT as never);
  return client;
}

function eachAttempt(service: string, { meter, onAnswer }: Attempts): Middleware {
  return (next, { commandName = 'unknown' }) => {
    const operation = commandName.replace(/Command$/, '');
    return async (args) => {
      const end = meter.begin(service, operation);
      try {
        const answer = await next(args);
        demandAwsFormat(answer?.response, `${service} ${operation}`);
        onAnswer(answer?.response);
        end('ok');
        return answer;
      } catch (caught) {
        onAnswer(answerOf(caught));
        const error = inWords(caught, `${service} ${operation}`);
        end(outcomeOf(error));
        throw error;
      }
    };
  };
}

function outcomeOf(error: unknown): Outcome {
  const kind = errorKind(error);
  return kind === 'throttled' || kind === 'denied' || kind === 'timeout' ? kind : 'error';
}
