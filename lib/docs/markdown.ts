/** A Markdown table. */
export function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return [header, header.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

export function code(text: string): string {
  return `\`${text}\``;
}

/** Prose for a cell: words in double underscores would turn bold, a pipe would end the cell. */
export function prose(text: string): string {
  return text.replace(/__\w+?__/g, code).replaceAll('|', '\\|');
}

/** Code words as an enumeration. */
export function codeList(words: readonly string[]): string {
  return words.map(code).join(', ');
}
