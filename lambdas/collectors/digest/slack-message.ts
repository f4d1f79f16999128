import type { Report, ReportedSection, Table } from './report';
import { alignedTable, cut, oneLine } from './visible-text';

/** Returns a Block Kit message for an incoming webhook. Notifications show its `text`. */
export function slackMessage({ title, sections }: Report): object {
  return {
    text: title,
    blocks: [{ type: 'header', text: { type: 'plain_text', text: title } }, ...sections.flatMap(blocksOf)],
  };
}

/** Slack accepts 3000 characters per text, including fences and title, and 50 blocks. */
const BLOCK_CHARACTERS = 2_900;
const NAME_WIDTH = 40;
const LINE_WIDTH = 300;

function blocksOf({ title, table, lines }: ReportedSection): object[] {
  const fenced = table ? parts(tableLines(table)).map((part) => `\`\`\`\n${part}\n\`\`\``) : [];
  const below = parts(lines.map((line) => safe(line, LINE_WIDTH)));
  const [first = '', ...more] = [...fenced, ...below];
  return [`*${title}*\n${first}`, ...more].map(block);
}

/** Returns a block of text. `verbatim` prevents links for names that look like a channel or an address. */
function block(text: string): object {
  return { type: 'section', text: { type: 'mrkdwn', text, verbatim: true } };
}

/** Aligns before escaping, because `&lt;` is shown as one column. */
function tableLines({ header, rows }: Table): string[] {
  const cleaned = rows.map((cells) => cells.map((cell) => plain(cell, NAME_WIDTH)));
  return alignedTable({ header, rows: cleaned }).map(escaped);
}

/** Joins lines into as few blocks as possible. */
function parts(lines: readonly string[]): string[] {
  const done: string[] = [];
  for (const line of lines) {
    const longer = `${done.at(-1) ?? ''}\n${line}`;
    if (done.length > 0 && longer.length <= BLOCK_CHARACTERS) done[done.length - 1] = longer;
    else done.push(line);
  }
  return done;
}

function safe(text: string, width: number): string {
  return escaped(plain(text, width));
}

/** Replaces backticks, which could end the fence and cannot be escaped. */
function plain(text: string, width: number): string {
  return cut(oneLine(text).replaceAll('`', "'"), width);
}

/** Escapes the three characters that Slack interprets. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
