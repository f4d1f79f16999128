import type { Table } from './report';

/** One line without what would move the text around it: line breaks, controls, marks of the writing direction. */
export function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '');
}

/** Columns it takes in a monospaced font. */
export function widthOf(text: string): number {
  return charactersOf(text).reduce((width, character) => width + widthOfOne(character), 0);
}

/** At most so many columns wide, and no longer than twice that in memory: a character can carry marks without end. */
export function cut(text: string, width: number): string {
  // no more is looked at than could be shown
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

/** As a reader counts them: an emoji of several code points is one. */
function charactersOf(text: string): string[] {
  return [...CHARACTERS.segment(text)].map(({ segment }) => segment);
}

const WIDE =
  /\p{Emoji_Presentation}|\ufe0f|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\uff01-\uff60]/u;

function widthOfOne(character: string): number {
  return WIDE.test(character) ? 2 : 1;
}

/** Lines of equal columns for a monospaced font, as wide as their widest cell or header; figures to the right. */
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
