import * as http from 'node:http';
import * as https from 'node:https';
import { createSecureContext, type SecureContext } from 'node:tls';
import { notBundled } from '../bundled';
import { TunnelAgent } from './tunnel-agent';

/** The way to a server. */
export interface Transport {
  readonly open: typeof http.request;
  /** Keeps its connections between requests. */
  readonly agent: http.Agent;
  /** Returns an agent that opens a new connection and does not keep it. */
  fresh(): http.Agent;
  target(url: URL): Target;
  /** True if a proxy gets the requests and sends them on. */
  readonly forwards: boolean;
  readonly secureContext?: SecureContext;
}

interface Target {
  /** URL of the server that gets the request. */
  readonly server: URL;
  /** The target in the first line of the request. */
  readonly path: string;
  /** The header `Host`. */
  readonly host: string;
}

export interface TransportOptions {
  /** @default the authorities that Node.js trusts, and no client certificate */
  readonly tls?: ClientTls;
  /** URL of an HTTP proxy. @default none */
  readonly proxyUrl?: string;
}

/** PEM for connections to servers with TLS; the proxy never gets it. */
export interface ClientTls {
  /** Certificates of the authorities to trust, instead of those that Node.js trusts. */
  readonly ca?: string;
  /** The client certificate, with its chain. */
  readonly cert?: string;
  /** The private key of the client certificate. */
  readonly key?: string;
}

/** Returns the transports for servers with and without TLS, over connections of their own. */
export function transports({ tls, proxyUrl }: TransportOptions): Record<'http:' | 'https:', Transport> {
  // NODE_DEBUG prints options of requests and names of agents, which hold PEM unless it is in a context.
  const secureContext = tls && createSecureContext(tls);
  if (proxyUrl === undefined)
    return { 'http:': direct('http:'), 'https:': { ...direct('https:'), secureContext } };
  return globalThis.WITHOUT_PROXY
    ? notBundled('proxies')
    : { 'http:': forwarded(new URL(proxyUrl)), 'https:': { ...tunnelled(proxyUrl), secureContext } };
}

/** Idle connections do not keep a process alive. In a process that lives longer, the timeout closes them. */
const KEPT = { keepAlive: true, timeout: 4_000 };

const MODULES = { 'http:': http, 'https:': https };

function direct(protocol: keyof typeof MODULES): Transport {
  const { request, Agent } = MODULES[protocol];
  return {
    open: request,
    agent: new Agent(KEPT),
    fresh: () => new Agent(),
    target: (url) => ({ server: url, path: `${url.pathname}${url.search}`, host: url.host }),
    forwards: false,
  };
}

/** Returns the transport to a server with TLS. The proxy opens a tunnel and sees neither requests nor answers. */
function tunnelled(proxyUrl: string): Transport {
  return {
    ...direct('https:'),
    agent: new TunnelAgent(proxyUrl, KEPT),
    fresh: () => new TunnelAgent(proxyUrl),
  };
}

/**
 * Returns the transport to a server without TLS. The proxy gets the full URL and sends the request on, because many proxies open
 * tunnels only to the ports of TLS.
 */
function forwarded(proxy: URL): Transport {
  return {
    ...direct(proxy.protocol === 'https:' ? 'https:' : 'http:'),
    target: ({ href, host }) => ({ server: proxy, path: href, host }),
    forwards: true,
  };
}
