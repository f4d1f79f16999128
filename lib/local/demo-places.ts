import { constants } from 'node:fs';
import { access, mkdir } from 'node:fs/promises';
import type { DemoOptions } from './demo-options';
import { FlagError } from './flag-error';
import { freePort } from './servers/free-port';

/** Makes the folder of --out and probes the port of --port. Throws a FlagError when one of them cannot be used. */
export async function checkPlaces({ out, port }: Pick<DemoOptions, 'out' | 'port'>): Promise<void> {
  const problems = [await outProblem(out), await portProblem(port)];
  const found = problems.filter((problem) => problem !== undefined);
  if (found.length > 0) throw new FlagError(...found);
}

async function outProblem(folder: string | undefined): Promise<string | undefined> {
  if (folder === undefined) return undefined;
  const problem = await codeOf(async () => {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
  });
  return problem && `--out: expected a folder that can be written, got "${folder}" (${problem})`;
}

async function portProblem(port: number | undefined): Promise<string | undefined> {
  if (port === undefined) return undefined;
  const problem = await codeOf(() => freePort(port));
  return problem && `--port: expected a free port of 127.0.0.1, got ${port} (${problem})`;
}

const WORDS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program listens there',
  EACCES: 'no permission',
  EEXIST: 'a file is there',
  ENOTDIR: 'a file is on the way',
  EROFS: 'read-only',
};

/** Returns the system's reason for a failure in words, or its code. */
async function codeOf(attempt: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await attempt();
    return undefined;
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    return WORDS[code] ?? message;
  }
}
