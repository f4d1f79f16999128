import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { readSettings } from '../config';
import { monthlyPrices, priceTable } from '../price';
import { settingsTable } from './settings-table';

/** Returns README.md with the parts between its `generated` comments generated again. */
export function readme(): string {
  const text = readFileSync(path.join(__dirname, '..', '..', 'README.md'), 'utf8');
  return Object.entries(PARTS).reduce((page, [name, make]) => replacePart(page, name, make()), text);
}

const PARTS: Readonly<Record<string, () => string>> = {
  settings: settingsTable,
  price: () => `\`\`\`\n${priceTable(monthlyPrices(DEFAULTS))}\`\`\``,
};

const DEFAULTS = readSettings({ sinks: [{ type: 'stdout' }] });

function replacePart(page: string, name: string, content: string): string {
  const [start, end] = [`<!-- generated: ${name} -->`, `<!-- end: ${name} -->`];
  const [before, after] = [page.indexOf(start), page.indexOf(end)];
  if (before < 0 || after < before) throw new Error(`README.md: expected ${start} and after it ${end}`);
  return `${page.slice(0, before)}${start}\n${content}\n${page.slice(after)}`;
}
