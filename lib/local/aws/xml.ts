/** Writes an element as the Query protocols do: dates have no milliseconds, and absent values have no element. */
export function element(name: string, value: unknown, listItem = 'member'): string {
  return value === undefined ? '' : `<${name}>${content(value, listItem)}</${name}>`;
}

/** Writes the content of an element. @param listItem Element name of array members. */
function content(value: unknown, listItem: string): string {
  if (Array.isArray(value)) return value.map((member) => element(listItem, member, listItem)).join('');
  if (value instanceof Date) return value.toISOString().replace(/\.\d{3}Z$/, 'Z');
  if (typeof value === 'object' && value !== null)
    return Object.entries(value)
      .map(([name, member]) => element(name, member, listItem))
      .join('');
  return escaped(String(value));
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ESCAPES[character] ?? character);
}
