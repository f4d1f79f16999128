import { type ChildProcess, spawn } from 'node:child_process';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import { freePort } from '../../lib/local/servers/free-port';
import { eventually } from '../support/eventually';

const ROOT = path.join(__dirname, '..', '..');

/** An exporter in a process of its own. */
export interface ServeProcess {
  readonly url: string;
  /** Returns everything that it wrote to the standard error. */
  errors(): string;
  /** Returns the records of its log. */
  records(): readonly Readonly<Record<string, unknown>>[];
  /** Sends the signal and resolves with the exit code, or with the signal that ended the process. */
  end(signal: NodeJS.Signals): Promise<number | string | null>;
  stop(): Promise<unknown>;
}

interface ServeProcessOptions {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** The program to run. @default bin/serve.ts */
  readonly command?: readonly string[];
  readonly cwd?: string;
}

/** One process, so that a signal reaches it. */
const SOURCE = ['--import', pathToFileURL(require.resolve('tsx')).href, path.join(ROOT, 'bin', 'serve.ts')];

/** Starts an exporter, and resolves when it answers. */
export async function startServeProcess(options: ServeProcessOptions): Promise<ServeProcess> {
  const { args = [], env = {}, command = SOURCE, cwd = ROOT } = options;
  const port = await freePort(0);
  const child = spawn(process.execPath, [...command, ...args, '--port', String(port)], {
    cwd,
    env: { PATH: process.env.PATH, HOME: '/nonexistent', PORT: String(port), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = collected(child);
  const ended = new Promise<number | string | null>((resolve) => {
    child.on('close', (code, signal) => resolve(code ?? signal));
  });
  const end = (signal: NodeJS.Signals) => {
    child.kill(signal);
    return ended;
  };
  const url = `http://127.0.0.1:${port}`;
  await eventually(async () => {
    if (child.exitCode === null) await fetch(`${url}/-/healthy`);
  });
  if (child.exitCode !== null)
    throw new Error(`the exporter ended with ${child.exitCode}: ${output.stderr()}`);
  return {
    url,
    errors: output.stderr,
    records: () => recordsIn(output.stdout()),
    end,
    stop: () => end('SIGKILL'),
  };
}

function collected({ stdout, stderr }: ChildProcess) {
  const texts = { stdout: '', stderr: '' };
  stdout?.on('data', (chunk: Buffer) => (texts.stdout += chunk));
  stderr?.on('data', (chunk: Buffer) => (texts.stderr += chunk));
  return { stdout: () => texts.stdout, stderr: () => texts.stderr };
}

function recordsIn(text: string): Record<string, unknown>[] {
  const lines = text.split('\n').slice(0, -1);
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}
