import { type AwsAccess, awsAccess, type Credentials } from '../../lambdas/aws/access';
import { type RequestMeter, requestMeter } from '../../lambdas/aws/request-meter';
import type { SimulatedAws, SimulatedAwsOptions } from '../../lib/local/aws/server';
import { EVERYTHING, simulate } from '../local/aws/simulation';
import { startHttpServer } from './http-server';
import { retryAtOnce } from './retry-at-once';
import { stopAfterEach } from './stop';

const CREDENTIALS: Credentials = { accessKeyId: 'AKIACOLLECTOR', secretAccessKey: 'x', sessionToken: '' };

/** A simulated AWS, and access to it that may do everything. */
interface Local {
  readonly aws: SimulatedAws;
  readonly access: AwsAccess;
  readonly meter: RequestMeter;
}

/** Starts a simulated AWS. Call `stopAll` after the test. */
export async function local(options: Partial<SimulatedAwsOptions>): Promise<Local> {
  const callers = [{ accessKeyId: 'AKIACOLLECTOR', name: 'collector', actions: EVERYTHING }];
  const aws = await simulate({ callers, ...options });
  return { aws, ...accessTo(aws.url) };
}

interface Answer {
  readonly status?: number;
  readonly type: string;
  readonly body: string;
  /** @default the time of the server */
  readonly date?: string;
}

/** Starts a server that answers the n-th request. */
export async function answering(answer: (n: number) => Answer) {
  let count = 0;
  const server = await stopAfterEach(
    startHttpServer((_, response) => {
      count += 1;
      const { status = 200, type, body, date } = answer(count);
      response.writeHead(status, { 'content-type': type, ...(date && { date }) }).end(body);
    }),
  );
  return { ...accessTo(server.url), requests: () => count };
}

function accessTo(url: string) {
  retryAtOnce();
  Object.assign(process.env, { AWS_ENDPOINT_URL: url, AWS_REGION: 'eu-west-1' });
  const meter = requestMeter(100);
  return { meter, access: awsAccess(meter, new AbortController().signal, { credentials: CREDENTIALS }) };
}

/** Matches an AnswerError by its message. */
export function answerError(message: string | RegExp) {
  const text = typeof message === 'string' ? message : expect.stringMatching(message);
  return expect.objectContaining({ name: 'AnswerError', message: text });
}
