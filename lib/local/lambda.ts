import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import * as path from 'node:path';
import type { DeployedFunction } from './cloud-assembly';

/** What the invocation of a function needs besides the template. */
export interface Invoker {
  /** Where all of AWS answers. */
  readonly awsUrl: string;
  readonly region: string;
  /** Tells the functions apart: AWS knows a caller by its key. */
  readonly accessKeyId: string;
  readonly signal?: AbortSignal;
}

/** What came of an invocation. */
export interface Invocation {
  readonly function: DeployedFunction;
  /** What the handler threw; absent when it returned. */
  readonly error?: { readonly errorType: string; readonly errorMessage: string };
  /** What it wrote to its log. */
  readonly output: string;
}

/** Invokes a function once, in a process of its own with nothing but its own environment, and its own time limit. */
export async function invoke(fn: DeployedFunction, event: unknown, invoker: Invoker): Promise<Invocation> {
  const child = fork(path.join(__dirname, 'lambda-process.cjs'), {
    env: environmentOf(fn, invoker),
    execArgv: [],
    silent: true,
    signal: invoker.signal,
  });
  const output = collectOutput(child);
  const ended = outcomeOf(child, fn.timeoutSeconds * 1000);
  child.send({
    code: fn.code,
    handler: fn.handler,
    event,
    context: { functionName: fn.name, invokedFunctionArn: fn.arn, awsRequestId: randomUUID() },
    deadline: Date.now() + fn.timeoutSeconds * 1000,
  });
  const error = await ended;
  return { function: fn, output: output(), ...(error && { error }) };
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
    // This machine's Node.js may be older than the runtime's; the SDK would say so at every start.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
}

function collectOutput(child: ChildProcess): () => string {
  const chunks: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString();
}

interface Outcome {
  readonly ok: boolean;
  readonly errorType: string;
  readonly errorMessage: string;
}

/** Waits for the process to end, so that all of its output has arrived. */
function outcomeOf(child: ChildProcess, timeoutMs: number): Promise<Invocation['error']> {
  return new Promise((resolve) => {
    let error: Invocation['error'] = {
      errorType: 'Runtime.ExitError',
      errorMessage: 'the process ended without an answer',
    };
    const timer = setTimeout(() => {
      error = {
        errorType: 'Sandbox.Timedout',
        errorMessage: `task timed out after ${timeoutMs / 1000} seconds`,
      };
      child.kill('SIGKILL');
    }, timeoutMs);
    child.on('message', ({ ok, errorType, errorMessage }: Outcome) => {
      error = ok ? undefined : { errorType, errorMessage };
    });
    child.on('error', ({ name, message }) => (error = { errorType: name, errorMessage: message }));
    child.on('close', () => {
      clearTimeout(timer);
      resolve(error);
    });
  });
}
