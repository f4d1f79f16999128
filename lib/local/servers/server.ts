import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isNativeError } from 'node:util/types';
import { freePort } from './free-port';
import { poll } from './poll';
import { type RunningProgram, startProgram } from './running-program';
import { makeTemporaryFolder, removeFolder } from './temporary-folder';

// Limits for what hangs: a program that fails says so at once, and a busy machine may take its time.
const READY_MS = 60_000;
const ANSWER_MS = 10_000;
const ATTEMPTS = 5;
const NO_ANSWER = 'no answer';

/** A real server on this machine. Its process ends with ours at the latest, and what it stored goes with it. */
export interface Server {
  /** Without a slash at its end. */
  readonly url: string;
  /** Resolves when the process is gone. May be called more than once. */
  stop(): Promise<void>;
}

export interface ServerOptions {
  readonly program: string;
  /** The command line, for a `host:port` to listen on and the server's own folder. */
  readonly args: (address: string, folder: string) => readonly string[];
  /** What its own folder holds when it starts: texts by file name. @default nothing */
  readonly files?: Readonly<Record<string, string>>;
  /** Port of 127.0.0.1. @default any that is free */
  readonly port?: number;
  /** Answers of `/-/ready` that mean yes. @default [200] */
  readonly readyStatuses?: readonly number[];
}

/** Starts a server and resolves when it is ready. Throws with the last lines that it printed when that does not happen. */
export async function startServer(options: ServerOptions): Promise<Server> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await startOnce(options);
    } catch (error) {
      if (options.port !== undefined || attempt === ATTEMPTS || !isAddressInUse(error)) {
        throw error;
      }
    }
  }
}

// between our finding a port and the program's taking it, another process may have been faster
function isAddressInUse(error: unknown): boolean {
  return isNativeError(error) && error.message.includes('address already in use');
}

async function startOnce(options: ServerOptions): Promise<Server> {
  const address = `127.0.0.1:${await freePort(options.port ?? 0)}`;
  const folder = await makeTemporaryFolder(tmpdir());
  const program = await startIn(folder, address, options);
  const server = {
    url: `http://${address}`,
    stop: async () => {
      await program.stop();
      await removeFolder(folder);
    },
  };
  await untilReady(server, program, options.readyStatuses ?? [200]);
  return server;
}

async function startIn(folder: string, address: string, options: ServerOptions): Promise<RunningProgram> {
  for (const [name, text] of Object.entries(options.files ?? {})) {
    await writeFile(path.join(folder, name), text);
  }
  return startProgram(options.program, options.args(address, folder), folder);
}

async function untilReady(
  server: Server,
  program: RunningProgram,
  statuses: readonly number[],
): Promise<void> {
  let last = NO_ANSWER;
  const outcome = await poll(async () => {
    last = await readiness(server.url);
    return program.ended() ?? (statuses.map(String).includes(last) ? 'ready' : undefined);
  }, READY_MS);
  if (outcome !== 'ready') {
    const lines = await program.lastLines();
    await server.stop();
    throw new Error(
      `${outcome ?? `${server.url} was not ready after ${READY_MS / 1000} s: ${last}`}\n${lines}`,
    );
  }
}

async function readiness(url: string): Promise<string> {
  try {
    const response = await fetch(`${url}/-/ready`, { signal: AbortSignal.timeout(ANSWER_MS) });
    await response.arrayBuffer();
    return String(response.status);
  } catch {
    return NO_ANSWER;
  }
}
