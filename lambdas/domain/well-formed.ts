/**
 * Returns a string that UTF-8 can encode: lone surrogates, which JSON may contain, become U+FFFD as they do in the gateway. Two
 * names that the gateway cannot tell apart are then one name, so that their costs are added.
 */
export function wellFormed(text: string): string {
  return text.toWellFormed();
}
