/** Returns rows under a header in aligned columns: figures to the right, text to the left. */
export function terminalTable([header = [], ...rows]: readonly (readonly string[])[]): string {
  const columns = header.map((title, i) =>
    columnOf(
      title,
      rows.map((row) => row[i] ?? ''),
    ),
  );
  return [header, ...rows]
    .map((row) =>
      row
        .map((text, i) => columns[i]?.(text))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Pads a cell to the width of its column. */
function columnOf(title: string, cells: readonly string[]): (text: string) => string {
  const width = Math.max(...[title, ...cells].map(lengthOf));
  const right = cells.every((cell) => /^[-\d.,]*x?$/.test(cell));
  return (text) => {
    const space = ' '.repeat(width - lengthOf(text));
    return right ? space + text : text + space;
  };
}

/** Returns the length in characters instead of UTF-16 units. */
function lengthOf(text: string): number {
  return [...text].length;
}
