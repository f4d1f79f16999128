import { execFileSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { checkout, type Outcome, runProgram } from '../support/checkout';

const ROOT = path.join(__dirname, '..', '..');

/** A copy of an example in a folder of its own, with Tollgate installed from its tarball. */
export interface PackedExample {
  readonly folder: string;
  /** The folder of the installed package. */
  readonly installed: string;
  readonly tarballBytes: number;
  /** Runs npm, node or a program of a package in the example's folder. */
  run(
    program: string,
    args: readonly string[],
    environment?: Readonly<Record<string, string>>,
  ): Promise<Outcome>;
  remove(): void;
}

/** Packs Tollgate and installs it beside an example. Its other packages are links to those of the repository, so nothing is downloaded. */
export async function packedExample(name: string): Promise<PackedExample> {
  const folder = mkdtempSync(path.join(tmpdir(), `tollgate-${name}-`));
  cpSync(path.join(ROOT, 'examples', name), folder, { recursive: true });
  const tarball = await pack(folder);
  const installed = path.join(folder, 'node_modules', 'tollgate');
  mkdirSync(installed, { recursive: true });
  execFileSync('tar', ['xzf', tarball, '-C', installed, '--strip-components=1']);
  for (const dependency of ['.bin', ...dependenciesOf(installed), ...dependenciesOf(folder)])
    link(folder, dependency);
  writeFileSync(path.join(folder, 'package-lock.json'), '{}'); // The CDK takes its folder for the project's.
  return {
    folder,
    installed,
    tarballBytes: statSync(tarball).size,
    run: (program, args, environment) => runProgram(folder, [program, ...args], environment),
    remove: () => rmSync(folder, { recursive: true }),
  };
}

/** Returns the tarball. It is packed from a copy of the sources, because packing compiles into the folder. */
async function pack(folder: string): Promise<string> {
  const copy = checkout();
  try {
    const { status, output } = await copy.run('npm', ['pack', '--silent', '--pack-destination', folder]);
    if (status !== 0) throw new Error(`npm pack: expected status 0, got ${status}: ${output}`);
    return path.join(folder, output.trim().split('\n').at(-1) ?? '');
  } finally {
    copy.remove();
  }
}

/** Returns the packages that npm would install for a package: not those that only its developers need. */
function dependenciesOf(folder: string): string[] {
  const { dependencies, devDependencies } = JSON.parse(
    readFileSync(path.join(folder, 'package.json'), 'utf8'),
  ) as Readonly<Record<string, Readonly<Record<string, string>>>>;
  const isInstalled = path.basename(folder) === 'tollgate';
  return Object.keys({ ...dependencies, ...(!isInstalled && devDependencies) });
}

function link(folder: string, dependency: string): void {
  if (dependency === 'tollgate') return;
  const target = path.join(folder, 'node_modules', dependency);
  mkdirSync(path.dirname(target), { recursive: true });
  symlinkSync(path.join(ROOT, 'node_modules', dependency), target);
}
