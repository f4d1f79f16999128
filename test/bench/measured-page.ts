import { readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';

const DOCS = path.join(__dirname, '..', '..', 'docs');

/** Replaces a table of its page: the lines between two comments with its name. */
export function writeTable(name: string, rows: readonly (readonly string[])[]): void {
  const [header = [], ...body] = rows;
  const lines = [header, header.map(() => '---'), ...body].map((row) => `| ${row.join(' | ')} |`);
  const { before, after } = partsOf(name);
  const measured = `Measured ${new Date().toISOString().slice(0, 10)}, Node.js ${process.versions.node}, ${process.arch}.`;
  writeFileSync(pageOf(name), `${before}\n${measured}\n\n${lines.join('\n')}\n\n${after}`);
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
  const file = pageOf(name);
  const page = readFileSync(file, 'utf8');
  const [from, to] = [page.indexOf(start) + start.length, page.indexOf(end)];
  if (from < start.length || to < from)
    throw new Error(`${file}: expected the comments ${start.trim()} and ${end}, got none`);
  return { before: page.slice(0, from), table: page.slice(from, to), after: page.slice(to) };
}

/** Returns the page with the table. */
function pageOf(name: string): string {
  return path.join(DOCS, name === 'deliveries' ? 'delivery.md' : path.join('decisions', 'bundles.md'));
}
