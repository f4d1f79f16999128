import type { HttpExchange } from './http-exchange';
import type { Timing } from './timing';
import type { ClientTls } from './transport';

/** The options of every sink behind a URL. */
export interface ReceiverOptions {
  /** The name of the sink in the ledger. @default the URL, for a gateway without a trailing slash */
  readonly id?: string;
  /** Added by runs to the grouping key of every group. @default none */
  readonly groupingLabels?: Readonly<Record<string, string>>;
  /** Sent with each request: `Authorization`, `X-BK-TOKEN`, … @default none */
  readonly headers?: Readonly<Record<string, string>>;
  /** @default the authorities that Node.js trusts, and no client certificate */
  readonly tls?: ClientTls;
  /** URL of an HTTP proxy. @default none */
  readonly proxyUrl?: string;
  /** True if requests hold secrets, so that no part of an answer is shown. @default true with headers or a signature */
  readonly hasSecrets?: boolean;
  /** Time for an attempt and its complete answer. All attempts take at most half as long again. @default 10 000 */
  readonly timeoutMs?: number;
  /** @default the sink's own connections, kept between requests */
  readonly exchange?: HttpExchange;
  /** @default real time and chance */
  readonly timing?: Timing;
}
