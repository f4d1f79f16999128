import { type ChildProcess, spawn } from 'node:child_process';
import { open, readFile } from 'node:fs/promises';
import path from 'node:path';
import { startWatchdog } from './watchdog';

const STOP_MS = 2_000;
const LAST_LINES = 5;

/** A program that was started. */
export interface RunningProgram {
  /** Returns the reason of the program's end; undefined while it runs. */
  ended(): string | undefined;
  /** Returns the last lines that the program printed. */
  lastLines(): Promise<string>;
  /** Resolves when the process is gone, by force after two seconds. */
  stop(): Promise<void>;
}

/** Starts a program that runs until it is stopped or our process ends. At our process's end, its folder is removed. */
export async function startProgram(
  program: string,
  args: readonly string[],
  folder: string,
): Promise<RunningProgram> {
  // The output goes to a file, because a full pipe would block the program.
  const logFile = path.join(folder, 'output.log');
  const log = await open(logFile, 'w');
  const child = spawn(program, args, { stdio: ['ignore', log.fd, log.fd] });
  let why: string | undefined;
  const end = endOf(child, path.basename(program)).then((text) => {
    why = text;
  });
  const callOff = startWatchdog(folder, child.pid);
  end.then(callOff);
  await log.close();
  return {
    ended: () => why,
    lastLines: async () => (await readFile(logFile, 'utf8')).trim().split('\n').slice(-LAST_LINES).join('\n'),
    stop: () => stop(child, end),
  };
}

function endOf(child: ChildProcess, name: string): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(`${name} did not start: ${error.message}`));
    child.once('exit', (code, signal) => resolve(`${name} ended with ${signal ?? code}`));
  });
}

async function stop(child: ChildProcess, end: Promise<void>): Promise<void> {
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await end;
  clearTimeout(force);
}
