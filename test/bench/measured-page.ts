import { readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';

const PAGE = path.join(__dirname, '..', '..', 'docs', 'decisions', 'bundles.md');

/** Replaces a table of `docs/decisions/bundles.md`: the lines between two comments with its name. */
export function writeTable(name: string, rows: readonly (readonly string[])[]): void {
  const [header = [], ...body] = rows;
  const lines = [header, header.map(() => '---'), ...body].map((row) => `| ${row.join(' | ')} |`);
  const { before, after } = partsOf(name);
  const measured = `Measured ${new Date().toISOString().slice(0, 10)}, Node.js ${process.versions.node}, ${process.arch}.`;
  writeFileSync(PAGE, `${before}\n${measured}\n\n${lines.join('\n')}\n\n${after}`);
}

/** Returns the rows of a table of the page, without its header. */
export function readTable(name: string): string[][] {
  const rows = partsOf(name)
    .table.split('\n')
    .filter((line) => line.startsWith('|'));
  return rows.slice(2).map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

function partsOf(name: string): { before: string; table: string; after: string } {
  const [start, end] = [`<!-- ${name} -->\n`, `<!-- end of ${name} -->`];
  const page = readFileSync(PAGE, 'utf8');
  const [from, to] = [page.indexOf(start) + start.length, page.indexOf(end)];
  if (from < start.length || to < from)
    throw new Error(`${PAGE}: expected the comments ${start.trim()} and ${end}, got none`);
  return { before: page.slice(0, from), table: page.slice(from, to), after: page.slice(to) };
}
