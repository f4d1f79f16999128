import fc from 'fast-check';

/** Characters that break text formats, URLs, paths and terminals. */
const NASTY = ['"', '\\', '\n', '\r', '\t', '\0', '/', '..', '{}', '=', ',', '😀', '\u202e', '#', '%2F', '$'];

/**
 * Generates any text without lone surrogates. UTF-8 cannot encode them: `Buffer` and `fetch` write U+FFFD instead. AWS
 * names cannot contain them, because they arrive as UTF-8.
 */
export function hostileText(): fc.Arbitrary<string> {
  return fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(fc.constantFrom(...NASTY), { maxLength: 8 }).map((parts) => parts.join('')),
    fc.string({ minLength: 100, maxLength: 300 }),
  );
}
