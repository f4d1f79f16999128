import { type ExecFileException, execFile } from 'node:child_process';
import path from 'node:path';

interface CommandOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** The program's standard input. @default '' */
  readonly input?: string;
  /** @default no limit */
  readonly timeoutMs?: number;
}

/** The exit code and the output of a program. */
export interface Finished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end. Any exit code is a result; a program that does not start or is killed is an error. */
export function run(
  program: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<Finished> {
  const { input = '', timeoutMs, ...rest } = options;
  return new Promise((resolve, reject) => {
    const settings = { ...rest, timeout: timeoutMs, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 } as const;
    const child = execFile(program, args, settings, (error, stdout, stderr) => {
      const code = error === null ? 0 : error.code;
      if (typeof code === 'number') {
        resolve({ code, stdout, stderr });
      } else {
        reject(failure(program, error));
      }
    });
    // A program that ends before it has read everything breaks the pipe. Its exit code explains more.
    child.stdin?.on('error', () => {});
    child.stdin?.end(input);
  });
}

function failure(program: string, error: ExecFileException | null): Error {
  const name = path.basename(program);
  const why = error?.signal ? `was ended by ${error.signal}` : `did not run: ${error?.message}`;
  return new Error(`${name} ${why}`, { cause: error });
}
