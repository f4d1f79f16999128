import { AnswerError } from './answer-error';

interface Pages<P> {
  /** Requests the page of a token; the first page has none. */
  readonly request: (token: string | undefined) => Promise<P>;
  /** Returns the token of the next page. An empty token ends the answer, as in the Tagging API. */
  readonly tokenOf: (page: P) => string | undefined;
}

/**
 * Yields every page of an answer.
 * @throws AnswerError for a page token that repeats: its pages would never end. The SDK's paginators do not notice it.
 */
export async function* pagesOf<P>(operation: string, { request, tokenOf }: Pages<P>): AsyncGenerator<P> {
  const tokens = new Set<string>();
  let token: string | undefined;
  do {
    const page = await request(token);
    yield page;
    token = tokenOf(page);
    if (token && tokens.has(token))
      throw new AnswerError(`${operation}: expected another page token on each page, got one twice`);
    tokens.add(token ?? '');
  } while (token);
}

/**
 * Returns the token of IAM's next page.
 * @throws AnswerError for a page that is truncated and names no next page, whose other members would be lost.
 */
export function markerOf(
  operation: string,
  { IsTruncated, Marker }: { readonly IsTruncated?: boolean; readonly Marker?: string },
): string | undefined {
  if (IsTruncated && !Marker)
    throw new AnswerError(`${operation}: expected a Marker on a truncated page, got none`);
  return Marker;
}
