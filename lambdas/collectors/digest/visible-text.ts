import type { Table } from './report';

/** Returns one line without line breaks, control characters and marks of the writing direction. */
export function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '');
}

/** Returns the number of columns that the text takes in a monospaced font. */
export function widthOf(text: string): number {
  return charactersOf(text).reduce((width, character) => width + widthOfOne(character), 0);
}

/** Cuts the text to a number of columns, and to twice as many code units, because one character can carry any number of marks. */
export function cut(text: string, width: number): string {
  // Only the part that could be shown is examined.
  const start = text.slice(0, 2 * width + 1);
  if (start.length === text.length && widthOf(text) <= width && text.length <= 2 * width) return text;
  let kept = '';
  for (const character of charactersOf(start)) {
    const next = kept + character;
    if (widthOf(next) > width - 1 || next.length > 2 * width - 1) break;
    kept = next;
  }
  return `${kept}…`;
}

const CHARACTERS = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Splits the text into characters as a reader counts them; an emoji of several code points is one. */
function charactersOf(text: string): string[] {
  return [...CHARACTERS.segment(text)].map(({ segment }) => segment);
}

const WIDE =
  /\p{Emoji_Presentation}|\ufe0f|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\uff01-\uff60]/u;

function widthOfOne(character: string): number {
  return WIDE.test(character) ? 2 : 1;
}

/** Returns aligned lines for a monospaced font. Columns are as wide as their widest cell; figures are aligned to the right. */
export function alignedTable({ header, rows }: Table): string[] {
  const lines = [header, ...rows];
  const widths = header.map((_, i) => Math.max(...lines.map((cells) => widthOf(cells[i] ?? ''))));
  const rule = widths.map((width) => '-'.repeat(width));
  return [header, rule, ...rows].map((cells) =>
    cells.map((cell, i) => padded(cell, widths[i] ?? 0, i)).join('  '),
  );
}

function padded(cell: string, width: number, column: number): string {
  const space = ' '.repeat(width - widthOf(cell));
  return column === 0 ? cell + space : space + cell;
}
