import type { Report, ReportedSection, Table } from './report';
import { alignedTable, cut, oneLine } from './visible-text';

/** Block Kit, for an incoming webhook. The text is what a notification shows. */
export function slackMessage({ title, sections }: Report): object {
  return {
    text: title,
    blocks: [{ type: 'header', text: { type: 'plain_text', text: title } }, ...sections.flatMap(blocksOf)],
  };
}

/** Slack takes 3000 characters a text, fences and title included, and 50 blocks. */
const BLOCK_CHARACTERS = 2_900;
const NAME_WIDTH = 40;
const LINE_WIDTH = 300;

function blocksOf({ title, table, lines }: ReportedSection): object[] {
  const fenced = table ? parts(tableLines(table)).map((part) => `\`\`\`\n${part}\n\`\`\``) : [];
  const below = parts(lines.map((line) => safe(line, LINE_WIDTH)));
  const [first = '', ...more] = [...fenced, ...below];
  return [`*${title}*\n${first}`, ...more].map(block);
}

/** verbatim: Slack would make links of what looks like a channel or an address. */
function block(text: string): object {
  return { type: 'section', text: { type: 'mrkdwn', text, verbatim: true } };
}

/** Aligned first, escaped after: `&lt;` is one column wide. */
function tableLines({ header, rows }: Table): string[] {
  const harmless = rows.map((cells) => cells.map((cell) => plain(cell, NAME_WIDTH)));
  return alignedTable({ header, rows: harmless }).map(escaped);
}

/** Whole lines, as many as a block takes. */
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

/** A backtick could end the fence, and has no escape. */
function plain(text: string, width: number): string {
  return cut(oneLine(text).replaceAll('`', "'"), width);
}

/** The three that Slack reads as the start of a mention or a link, and the sign that escapes them. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
