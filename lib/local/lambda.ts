import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import * as path from 'node:path';
import type { DeployedFunction } from './cloud-assembly';

/** The environment of an invocation that the template does not contain. */
export interface Invoker {
  /** The endpoint of every AWS service. */
  readonly awsUrl: string;
  readonly region: string;
  /** AWS identifies a function by its access key. */
  readonly accessKeyId: string;
  readonly signal?: AbortSignal;
  /** The function's time at its start. @default this machine's, or the scheduled time if that is later */
  readonly clock?: Date;
  /** Seconds between the function's own time limit and its end by force, for a busy machine. @default 0 */
  readonly graceSeconds?: number;
}

/** The result of an invocation. */
export interface Invocation {
  readonly function: DeployedFunction;
  /** The error that the handler threw; absent when it returned. */
  readonly error?: { readonly errorType: string; readonly errorMessage: string };
  /** The function's log. */
  readonly output: string;
}

type InvocationError = NonNullable<Invocation['error']>;

/** Invokes a function once, in a process of its own with only the function's environment and time limit. */
export async function invoke(fn: DeployedFunction, event: unknown, invoker: Invoker): Promise<Invocation> {
  const running = startFunction(fn, invoker);
  const error = await running.invoke(event);
  return { function: fn, output: await running.stop(), ...(error && { error }) };
}

/** A function's process. Lambda would keep it for the next invocation. */
interface RunningFunction {
  /**
   * Invokes the function; one call at a time. Resolves with the handler's error or undefined. A process that fails is
   * not restarted.
   */
  invoke(event: unknown): Promise<InvocationError | undefined>;
  /** Ends the process and resolves with its complete log. */
  stop(): Promise<string>;
}

/** Starts the process of a function. Its environment is only that of the function. */
export function startFunction(fn: DeployedFunction, invoker: Invoker): RunningFunction {
  const child = fork(path.join(__dirname, 'lambda-process.cjs'), {
    env: environmentOf(fn, invoker),
    execArgv: [],
    silent: true,
    signal: invoker.signal,
  });
  const output = collectOutput(child);
  const ended = endOf(child);
  const timeoutSeconds = fn.timeoutSeconds + (invoker.graceSeconds ?? 0);
  return {
    async invoke(event) {
      const answer = answerOf(child, { ended, timeoutSeconds });
      child.send(invocationOf(fn, event, invoker), () => {}); // The process's end reports a failure to send.
      return Promise.race([answer, ended]);
    },
    async stop() {
      // After disconnect(), Node.js would never emit that the process has closed.
      if (child.connected) child.send({ stop: true }, () => {});
      await ended;
      return output();
    },
  };
}

function invocationOf(fn: DeployedFunction, event: unknown, { clock }: Invoker) {
  return {
    aheadMs: clock ? clock.getTime() - Date.now() : Math.max(0, scheduledTimeOf(event) - Date.now()),
    code: fn.code,
    handler: fn.handler,
    event,
    context: { functionName: fn.name, invokedFunctionArn: fn.arn, awsRequestId: randomUUID() },
    deadline: Date.now() + fn.timeoutSeconds * 1000,
  };
}

/** Returns the milliseconds of an event's scheduled time, or 0 for an event without one. */
function scheduledTimeOf(event: unknown): number {
  const { scheduledTime } = Object(event) as { scheduledTime?: unknown };
  return new Date(String(scheduledTime)).getTime() || 0;
}

function environmentOf(fn: DeployedFunction, { awsUrl, region, accessKeyId }: Invoker): NodeJS.ProcessEnv {
  return {
    ...fn.environment,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL: awsUrl,
    AWS_LAMBDA_FUNCTION_NAME: fn.name,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(fn.memoryMb),
    // This machine's Node.js may be older than Lambda's; the SDK would warn at every start.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
}

function collectOutput(child: ChildProcess): () => string {
  const chunks: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString();
}

type Answer = { readonly ok: true } | ({ readonly ok: false } & InvocationError);

function answerOf(
  child: ChildProcess,
  { ended, timeoutSeconds }: { ended: Promise<unknown>; timeoutSeconds: number },
): Promise<InvocationError | undefined> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      resolve({
        errorType: 'Sandbox.Timedout',
        errorMessage: `task timed out after ${timeoutSeconds} seconds`,
      });
    }, timeoutSeconds * 1000);
    void ended.then(() => clearTimeout(timer));
    child.once('message', (answer: Answer) => {
      clearTimeout(timer);
      resolve(answer.ok ? undefined : { errorType: answer.errorType, errorMessage: answer.errorMessage });
    });
  });
}

/** Resolves when all output of the process has arrived, with the error for callers that still wait for an answer. */
function endOf(child: ChildProcess): Promise<InvocationError> {
  return new Promise((resolve) => {
    let error: InvocationError = {
      errorType: 'Runtime.ExitError',
      errorMessage: 'the process ended without an answer',
    };
    child.on('error', ({ name, message }) => (error = { errorType: name, errorMessage: message }));
    child.on('close', () => resolve(error));
  });
}
