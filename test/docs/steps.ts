import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';

/** A block of code and the place where the page puts it. */
export interface Step {
  /** Path from the root of the repository. */
  readonly file: string;
  /** The table that gets the code as a row; undefined if the code is a complete file. */
  readonly table: string | undefined;
  readonly code: string;
}

/** Applies the page's steps to a copy of the repository. */
export function follow(page: string, folder: string): readonly Step[] {
  const steps = stepsOf(page);
  for (const { file, table, code } of steps) {
    const target = path.join(folder, file);
    if (table === undefined) createFile(target, code);
    else writeFileSync(target, withRow(readFileSync(target, 'utf8'), table, code));
  }
  return steps;
}

/** Returns the page's shell commands without their comments. */
export function commandsOf(page: string): string[] {
  const blocks = [...page.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, block = '']) => block);
  return blocks.flatMap((block) => block.trimEnd().split('\n')).map((line) => line.replace(/\s*#.*/, ''));
}

/** Returns the blocks of TypeScript. The paragraph above each begins with its file and may name a table. */
function stepsOf(page: string): Step[] {
  const blocks = [...page.matchAll(/^(.+(?:\n.+)*)\n\n```ts\n([\s\S]*?)^```$/gm)];
  return blocks.map(([, paragraph = '', code = '']) => {
    const [, file, table] = /^`([^`\n]+\.ts)`(?:, a row of `(\w+)`:$)?/.exec(paragraph) ?? [];
    if (!file)
      throw new Error(`expected a paragraph that begins with a file above a block, got "${paragraph}"`);
    return { file, table, code };
  });
}

function createFile(target: string, code: string): void {
  if (existsSync(target)) throw new Error(`${target}: expected a new file, got one that exists`);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, code);
}

/** Adds the row as the table's last, and the imports that are above it. */
function withRow(text: string, table: string, code: string): string {
  const [, imports = '', row = ''] = /^((?:import .*\n)*)([\s\S]*)$/.exec(code) ?? [];
  const start = text.indexOf(`export const ${table} = {\n`);
  const end = text.indexOf('\n}', start) + 1;
  if (start < 0 || end === 0) throw new Error(`expected a table ${table}, got none`);
  return withImports(text.slice(0, end) + row + text.slice(end), imports.split('\n').filter(Boolean));
}

/** Adds imports where their module comes in the order of the others. */
function withImports(text: string, imports: readonly string[]): string {
  const lines = text.split('\n');
  for (const line of imports) {
    const next = lines.findIndex((other) => moduleIn(other) > moduleIn(line));
    lines.splice(next, 0, line);
  }
  return lines.join('\n');
}

/** Returns an empty string for a line that is no import. */
function moduleIn(line: string): string {
  return /^import .* from '(.*)';$/.exec(line)?.[1] ?? '';
}
