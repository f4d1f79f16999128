import type { RequestListener } from 'node:http';

/** Answers of a bad endpoint. Those with a body repeat all headers of the request, as a server with bad manners does. */
export const BAD_ENDPOINTS: Readonly<
  Record<string, { readonly listener: RequestListener; readonly problem: RegExp }>
> = {
  'status 401': { listener: status(401), problem: /got 401/ },
  'status 413': { listener: status(413), problem: /got 413/ },
  'status 429 with Retry-After': { listener: status(429, { 'Retry-After': '1' }), problem: /got 429/ },
  'status 500': { listener: status(500), problem: /got 500/ },
  'a reset': {
    listener: ({ socket }) => void socket.resetAndDestroy(),
    problem: /no answer .*(ECONNRESET|EPIPE|socket hang up)/,
  },
  'an endless answer': {
    listener(_, answer) {
      answer.writeHead(200);
      const more = setInterval(() => answer.write('.'), 10);
      answer.on('close', () => clearInterval(more));
    },
    problem: /no answer .*timeout/,
  },
  'an HTML page': {
    listener: status(200, { 'Content-Type': 'text/html' }),
    problem: /got an HTML page/,
  },
};

function status(code: number, headers: Readonly<Record<string, string>> = {}): RequestListener {
  return (request, answer) => {
    request.resume();
    const echo = JSON.stringify(request.headers);
    request.on('end', () => answer.writeHead(code, { 'X-Echo': echo, ...headers }).end(`<html>${echo}`));
  };
}
