import type * as http from 'node:http';
import { checkServerIdentity, type PeerCertificate } from 'node:tls';
import { HttpsProxyAgent } from 'https-proxy-agent';

/**
 * Connects to servers through tunnels of an HTTP proxy. An attempt that is aborted before the proxy has answered closes its
 * connection, which `https-proxy-agent` would leave open.
 */
export class TunnelAgent extends HttpsProxyAgent<string> {
  constructor(proxyUrl: string, options: http.AgentOptions = {}) {
    super(proxyUrl, options);
    Object.assign(this.options, options); // `https-proxy-agent` forgets them, and with them the timeout of idle connections.
  }

  override async connect(
    request: http.ClientRequest,
    options: Parameters<HttpsProxyAgent<string>['connect']>[1] & { readonly attempt?: AbortSignal },
  ): ReturnType<HttpsProxyAgent<string>['connect']> {
    const { attempt, host = '' } = options;
    // `https-proxy-agent` would compare the certificate of a server with an IP address with the name localhost.
    const verified = {
      checkServerIdentity: (_: string, cert: PeerCertificate) => checkServerIdentity(host, cert),
    };
    const connecting = new AbortController();
    const close = () => connecting.abort();
    attempt?.addEventListener('abort', close);
    this.connectOpts = { ...this.connectOpts, signal: connecting.signal }; // read before anything is awaited
    try {
      return await super.connect(request, { ...options, ...verified });
    } finally {
      attempt?.removeEventListener('abort', close);
    }
  }
}
