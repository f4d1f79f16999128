import { createHash } from 'node:crypto';
import { AwsFailure } from './failure';

/** Issues page tokens, and refuses tokens that do not belong to the query. */
export interface PageTokens {
  /** Returns the token of the page that begins at the offset. */
  issue(query: string, place: PagePlace): string;
  /** Returns the place at which the token's page begins; the first page without a token. */
  redeem(query: string, token: string | undefined): PagePlace;
  /** Returns 1 for the first page and for unknown tokens, 2 and more for following pages. */
  pageNumber(token: unknown): number;
}

interface PagePlace {
  readonly offset: number;
  readonly page: number;
}

interface TokenFailures {
  /** The error code for a token that was never issued. */
  readonly unknown: string;
  /** The error code for a token of a query with other parameters. */
  readonly changed: string;
}

/** Returns the tokens of one operation. `unknown` and `changed` are its error codes. */
export function pageTokens({ unknown, changed }: TokenFailures): PageTokens {
  const issued = new Map<string, PagePlace & { readonly query: string }>();
  return {
    issue(query, place) {
      const token = createHash('sha256').update(`${query}\0${place.offset}`).digest('base64url');
      issued.set(token, { ...place, query });
      return token;
    },
    redeem(query, token) {
      if (!token) return { offset: 0, page: 1 };
      const place = issued.get(token);
      if (!place) throw new AwsFailure(unknown, `expected a token of an earlier answer, got "${token}"`);
      if (place.query !== query)
        throw new AwsFailure(
          changed,
          'expected the parameters of the request that the token came from, got others',
        );
      return place;
    },
    pageNumber: (token) => (typeof token === 'string' && issued.get(token)?.page) || 1,
  };
}

interface PageRequest {
  /** The parameters that must not change between pages. */
  readonly query: string;
  readonly token: string | undefined;
  readonly size: number;
}

/** Returns one page of an array, and the token of the next page. */
export function pageOfList<T>(
  tokens: PageTokens,
  items: readonly T[],
  { query, token, size }: PageRequest,
): { readonly items: readonly T[]; readonly next?: string } {
  const { offset, page } = tokens.redeem(query, token);
  const end = offset + size;
  const next = end < items.length ? tokens.issue(query, { offset: end, page: page + 1 }) : undefined;
  return { items: items.slice(offset, end), next };
}
