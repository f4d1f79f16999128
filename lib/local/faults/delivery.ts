import type { ServerResponse } from 'node:http';

/** An answer before it travels. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** How an answer travels, or does not. */
export type Delivery = (response: ServerResponse, reply: Reply) => void;

export const whole: Delivery = (response, { status, headers, body }) => {
  response.writeHead(status, headers).end(body);
};

/** The ways of a broken network that need no number. */
export const BROKEN_DELIVERIES = {
  /** Never answers. */
  hang: () => {},
  /** The head at once, then a byte every 50 ms; the last never comes, so that only a deadline ends it. */
  drip: (response, reply) => {
    const bytes = head(response, reply);
    let sent = 0;
    const timer = setInterval(() => {
      if (sent < bytes.length - 1) response.write(bytes.subarray(sent, sent + 1));
      sent += 1;
    }, 50);
    response.once('close', () => clearInterval(timer));
  },
  /** A head that never ends, a byte every 50 ms. */
  'drip-head': ({ socket }) => {
    socket?.write('HTTP/1.1 200 OK\r\nx-slow: ');
    const timer = setInterval(() => socket?.write('x'), 50);
    socket?.once('close', () => clearInterval(timer));
  },
  /** Closes the connection without an answer. */
  reset: (response) => void response.socket?.resetAndDestroy(),
  /** Announces all of the body, sends half of it and closes. */
  truncate: (response, reply) => {
    const bytes = head(response, reply);
    response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.socket?.destroy());
  },
} as const satisfies Record<string, Delivery>;

/** Whole, after a while. */
export function late(ms: number): Delivery {
  return (response, reply) => {
    const timer = setTimeout(() => whole(response, reply), ms);
    response.once('close', () => clearTimeout(timer));
  };
}

function head(response: ServerResponse, { status, headers, body }: Reply): Buffer {
  const bytes = Buffer.from(body);
  response.writeHead(status, { ...headers, 'content-length': bytes.length });
  return bytes;
}
