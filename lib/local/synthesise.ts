import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import * as path from 'node:path';

const ROOT = path.join(__dirname, '..', '..');

/** Returns the context of cdk.json, which the CDK CLI would pass to the app. */
export function cdkContext(): Readonly<Record<string, unknown>> {
  const { context = {} } = JSON.parse(readFileSync(path.join(ROOT, 'cdk.json'), 'utf8')) as {
    context?: Record<string, unknown>;
  };
  return context;
}

/**
 * Runs the CDK app, including bundling, into `outdir`. Strict validation is left to `cdk synth`.
 * @throws Error with the app's output when it fails.
 */
export async function synthesise(settings: unknown, outdir: string, signal?: AbortSignal): Promise<void> {
  const app = spawn(process.execPath, [require.resolve('tsx/cli'), path.join(ROOT, 'bin', 'tollgate.ts')], {
    cwd: ROOT,
    env: {
      ...process.env,
      CDK_OUTDIR: outdir,
      CDK_CONTEXT_JSON: JSON.stringify({ ...cdkContext(), tollgate: settings }),
      CDK_VALIDATION: 'false',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    signal,
  });
  let output = '';
  for (const stream of [app.stdout, app.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk));
  let failure: Error | undefined;
  app.on('error', (error) => (failure = error));
  // After an interruption, the app may write into `outdir` until its streams are closed.
  const status = await new Promise((resolve) => app.on('close', resolve));
  if (failure) throw failure;
  if (status !== 0) throw new Error(`the CDK app ended with ${status}:\n${output.trim()}`);
}
