import fc from 'fast-check';

/** What breaks text formats, URLs, paths and terminals. */
const NASTY = ['"', '\\', '\n', '\r', '\t', '\0', '/', '..', '{}', '=', ',', '😀', '\u202e', '#', '%2F', '$'];

/**
 * Any text but lone surrogates: no UTF-8 can carry them, so that `Buffer` and `fetch` write U+FFFD instead, and what is
 * read back is another text. AWS names cannot hold them either: they come as UTF-8.
 */
export function hostileText(): fc.Arbitrary<string> {
  return fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(fc.constantFrom(...NASTY), { maxLength: 8 }).map((parts) => parts.join('')),
    fc.string({ minLength: 100, maxLength: 300 }),
  );
}
