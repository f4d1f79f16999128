import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isNativeError } from 'node:util/types';
import { freePort } from './free-port';
import { poll } from './poll';
import { type RunningProgram, startProgram } from './running-program';
import { makeTemporaryFolder, removeFolder } from './temporary-folder';

// The limits are only for programs that hang. A failing program ends at once, and a busy machine is slow.
const READY_MS = 60_000;
const ANSWER_MS = 10_000;
const ATTEMPTS = 5;
const NO_ANSWER = 'no answer';

/** A real server on this machine. Its process ends when ours does, and its files are then removed. */
export interface Server {
  /** The base URL, without a slash at its end. */
  readonly url: string;
  /** Resolves when the process is gone. May be called more than once. */
  stop(): Promise<void>;
}

interface ServerOptions {
  readonly program: string;
  /** Returns the arguments for a `host:port` to listen on and the server's own folder. */
  readonly args: (address: string, folder: string) => readonly string[];
  /** Contents of the files that the server's folder holds at the start, by name; some depend on the `host:port`. @default no files */
  readonly files?: Readonly<Record<string, string | ((address: string) => string)>>;
  /** Port of 127.0.0.1. @default any that is free */
  readonly port?: number;
  /** Statuses of `/-/ready` that mean that the server is ready. @default [200] */
  readonly readyStatuses?: readonly number[];
}

/** Starts a server and resolves when it is ready. If it does not become ready, throws with the last lines that it printed. */
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

/** Reports whether another process took the free port before the program did. */
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
  for (const [name, content] of Object.entries(options.files ?? {})) {
    const text = typeof content === 'string' ? content : content(address);
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
