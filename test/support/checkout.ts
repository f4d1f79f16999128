import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';

export interface Checkout {
  readonly folder: string;
  /** Runs a program of the packages, or npm, and resolves with its status and all that it wrote. */
  run(
    program: string,
    args: readonly string[],
    environment?: Readonly<Record<string, string>>,
  ): Promise<{ readonly status: unknown; readonly output: string }>;
  remove(): void;
}

/** A copy of the sources as they are now, to change; it has the packages of the original. */
export function checkout(): Checkout {
  const folder = mkdtempSync(path.join(tmpdir(), 'tollgate-checkout-'));
  for (const name of SOURCES) cpSync(path.join(ROOT, name), path.join(folder, name), { recursive: true });
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
  return {
    folder,
    run: (program, args, environment) => run(folder, [program, ...args], environment),
    remove: () => rmSync(folder, { recursive: true }),
  };
}

const ROOT = path.join(__dirname, '..', '..');

const SOURCES = [
  ...['bin', 'docs', 'lambdas', 'lib', 'test'],
  ...['.gitignore', 'README.md', 'biome.json', 'cdk.json', 'jest.config.cjs'],
  ...['package.json', 'package-lock.json', 'tsconfig.json'],
];

function run(
  cwd: string,
  [program = '', ...args]: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<{ status: unknown; output: string }> {
  const file = program === 'npm' ? program : path.join(cwd, 'node_modules', '.bin', program);
  return new Promise((resolve) => {
    execFile(file, args, { cwd, env: { ...process.env, ...environment } }, (error, stdout, stderr) =>
      resolve({ status: error?.code ?? 0, output: stdout + stderr }),
    );
  });
}
