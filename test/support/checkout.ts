import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';

export interface Checkout {
  readonly folder: string;
  /** Runs npm or a program of a package; resolves with its status and its output. */
  run(
    program: string,
    args: readonly string[],
    environment?: Readonly<Record<string, string>>,
  ): Promise<Outcome>;
  remove(): void;
}

export interface Outcome {
  readonly status: unknown;
  /** Standard output and standard error. */
  readonly output: string;
}

/** Copies the current sources for a test that changes them; the copy uses the original's packages. */
export function checkout(): Checkout {
  const folder = mkdtempSync(path.join(tmpdir(), 'tollgate-checkout-'));
  for (const name of SOURCES) cpSync(path.join(ROOT, name), path.join(folder, name), { recursive: true });
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
  return {
    folder,
    run: (program, args, environment) => runProgram(folder, [program, ...args], environment),
    remove: () => rmSync(folder, { recursive: true }),
  };
}

const ROOT = path.join(__dirname, '..', '..');

const SOURCES = [
  ...['bin', 'docs', 'examples', 'lambdas', 'lib', 'test'],
  ...['.gitignore', 'README.md', 'biome.json', 'cdk.json', 'jest.config.cjs'],
  ...[
    'CHANGELOG.md',
    'LICENSE',
    'package.json',
    'package-lock.json',
    'tsconfig.json',
    'tsconfig.package.json',
  ],
];

/** Runs npm, node or a program of a package in a folder. */
export function runProgram(
  cwd: string,
  [program = '', ...args]: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Outcome> {
  const file = ['npm', 'node'].includes(program) ? program : path.join(cwd, 'node_modules', '.bin', program);
  return new Promise((resolve) => {
    execFile(file, args, { cwd, env: { ...process.env, ...environment } }, (error, stdout, stderr) =>
      resolve({ status: error?.code ?? 0, output: stdout + stderr }),
    );
  });
}
