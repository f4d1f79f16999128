/** Returns a Markdown table. Cells must not contain a pipe. */
export function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return [header, header.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** Returns the text as a code span. */
export function code(text: string): string {
  return `\`${text}\``;
}

/** Escapes prose for a cell: words in double underscores would turn bold, and a pipe would end the cell. */
export function prose(text: string): string {
  return text.replace(/__\w+?__/g, code).replaceAll('|', '\\|');
}

/** Returns the words as code spans, separated by commas. */
export function codeList(words: readonly string[]): string {
  return words.map(code).join(', ');
}
