/** Returns the name that the fewest edits turn the text into, upper and lower case alike; undefined when none is near. */
export function nearest(text: string, names: readonly string[]): string | undefined {
  const ranked = names.map((name) => ({ name, edits: editsBetween(text.toLowerCase(), name.toLowerCase()) }));
  const [best] = ranked.sort((a, b) => a.edits - b.edits);
  return best && best.edits <= Math.max(2, best.name.length / 3) ? best.name : undefined;
}

/** Levenshtein distance: insertions, deletions and replacements of one character. */
function editsBetween(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...from].entries()) row = nextRow(row, { letter, to, deletions: i + 1 });
  return row.at(-1) ?? 0;
}

function nextRow(
  above: readonly number[],
  { letter, to, deletions }: { letter: string; to: string; deletions: number },
): number[] {
  const row = [deletions];
  for (let i = 0; i < to.length; i += 1) {
    const replaced = (above[i] ?? 0) + (to[i] === letter ? 0 : 1);
    row.push(Math.min(replaced, (above[i + 1] ?? 0) + 1, (row[i] ?? 0) + 1));
  }
  return row;
}
