import type { ServerResponse } from 'node:http';

/** An answer before it is sent. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** Sends an answer, or breaks off. */
export type Delivery = (response: ServerResponse, reply: Reply) => void;

/** Sends the complete answer at once. */
export const whole: Delivery = (response, { status, headers, body }) => {
  response.writeHead(status, headers).end(body);
};

/** Broken deliveries that take no parameter. */
export const BROKEN_DELIVERIES = {
  /** Never answers. */
  hang: () => {},
  /** Sends the head at once, then a byte every 50 ms. The last never comes, so only a deadline ends the answer. */
  drip: (response, reply) => {
    const bytes = head(response, reply);
    let sent = 0;
    const timer = setInterval(() => {
      if (sent < bytes.length - 1) response.write(bytes.subarray(sent, sent + 1));
      sent += 1;
    }, 50);
    response.once('close', () => clearInterval(timer));
  },
  /** Sends a head that never ends, a byte every 50 ms. */
  'drip-head': ({ socket }) => {
    socket?.write('HTTP/1.1 200 OK\r\nx-slow: ');
    const timer = setInterval(() => socket?.write('x'), 50);
    socket?.once('close', () => clearInterval(timer));
  },
  /** Closes the connection without an answer. */
  reset: (response) => void response.socket?.resetAndDestroy(),
  /** Announces the complete body, sends half of it and closes. */
  truncate: (response, reply) => {
    const bytes = head(response, reply);
    response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.socket?.destroy());
  },
} as const satisfies Record<string, Delivery>;

/** Sends the complete answer after a delay. */
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
