import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BROKEN_DELIVERIES, type Delivery, late, type Reply, whole } from './delivery';
import { striker, type Turns } from './turns';

/** A fault between a function and its Pushgateway. */
export type GatewayFault = Turns &
  FaultKind & {
    /** Jobs whose pushes are struck. @default every job */
    readonly job?: RegExp;
    /** @default both */
    readonly method?: 'PUT' | 'DELETE';
  };

type FaultKind =
  | { readonly kind: Exclude<Kind, 'delay'> }
  /** Answers later than the gateway. */
  | { readonly kind: 'delay'; readonly ms: number };

/** The gateway behind the proxy and the faults in between. */
export interface GatewayProxyOptions {
  /** The base URL of the gateway. */
  readonly target: string;
  readonly faults?: readonly GatewayFault[];
  /** Called with the number of a PUT, from 1, before it is passed on; it waits for the result. */
  readonly beforePut?: (n: number) => void | Promise<void>;
  /** Called after the gateway has answered the n-th PUT; the answer waits for it. */
  readonly afterPut?: (n: number) => void | Promise<void>;
}

interface GatewayRequest {
  readonly method: string;
  readonly job: string;
  readonly fault?: Kind;
}

/** A proxy that runs. */
export interface GatewayProxy {
  readonly url: string;
  /** All requests so far, in order. */
  readonly requests: readonly GatewayRequest[];
  stop(): Promise<void>;
}

/** The effect of a fault: the delivery of the answer, and an answer instead of the gateway's. */
interface Effect {
  readonly deliver: Delivery;
  readonly instead?: Reply;
}

const EFFECTS = {
  'error-500': () => answer(500, 'Internal Server Error'),
  'error-503': () => answer(503, 'Service Unavailable'),
  redirect: () => ({ deliver: whole, instead: { ...answer(302).instead, headers: { location: '/login' } } }),
  hang: () => ({ ...answer(0), deliver: BROKEN_DELIVERIES.hang }),
  reset: () => ({ ...answer(0), deliver: BROKEN_DELIVERIES.reset }),
  drip: () => ({ ...answer(0), deliver: BROKEN_DELIVERIES['drip-head'] }),
  truncate: () => ({ ...answer(400, 'cut short'), deliver: BROKEN_DELIVERIES.truncate }),
  delay: ({ ms }) => ({ deliver: late(ms) }),
} as const satisfies Record<string, (fault: { readonly ms: number }) => Effect>;

type Kind = keyof typeof EFFECTS;

/** Starts a proxy on loopback in front of a Pushgateway. Requests without a fault pass unchanged. */
export async function startGatewayProxy(options: GatewayProxyOptions): Promise<GatewayProxy> {
  const requests: GatewayRequest[] = [];
  const strike = faultInjector(options.faults ?? []);
  const pass = passer(options);
  const server = createServer(async (incoming, response) => {
    const request = { method: incoming.method ?? '', job: jobOf(incoming.url ?? '') };
    const fault = strike(request);
    requests.push({ ...request, ...(fault && { fault: fault.kind }) });
    const body = await read(incoming).catch(() => undefined);
    if (body === undefined) return void response.destroy();
    const { deliver, instead }: Effect = fault?.effect ?? { deliver: whole };
    const reply = instead ?? (await pass(incoming, body));
    if (reply) deliver(response, reply);
    else response.socket?.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, requests, stop: () => stop(server) };
}

function faultInjector(faults: readonly GatewayFault[]) {
  const armed = faults.map((fault) => ({ fault, strikes: striker(fault) }));
  return (request: GatewayRequest) => {
    const [struck] = armed.filter(({ fault, strikes }) => isAbout(fault, request) && strikes());
    if (!struck) return undefined;
    const { fault } = struck;
    return { kind: fault.kind, effect: EFFECTS[fault.kind]({ ms: 0, ...fault }) };
  };
}

function isAbout({ job, method }: GatewayFault, request: GatewayRequest): boolean {
  return (!job || job.test(request.job)) && [undefined, request.method].includes(method);
}

/** Returns a function that forwards a request; its result is undefined when the gateway does not answer. */
function passer({ target, beforePut, afterPut }: GatewayProxyOptions) {
  let begun = 0;
  let puts = 0;
  return async ({ method, url, headers }: IncomingMessage, body: Buffer): Promise<Reply | undefined> => {
    if (method === 'PUT') begun += 1;
    if (method === 'PUT') await beforePut?.(begun);
    const reply = await forward(`${target}${url}`, { method, headers: passedOn(headers), body }).catch(
      () => undefined,
    );
    if (method === 'PUT') puts += 1;
    if (method === 'PUT' && reply) await afterPut?.(puts);
    return reply;
  };
}

async function forward(url: string, { body, ...init }: RequestInit & { body: Buffer }): Promise<Reply> {
  const sent = body.length > 0 ? { body: new Uint8Array(body) } : {};
  const answer = await fetch(url, { ...init, ...sent, redirect: 'manual' });
  return { status: answer.status, headers: {}, body: Buffer.from(await answer.arrayBuffer()) };
}

const OF_THE_CONNECTION = new Set(['host', 'connection', 'content-length', 'transfer-encoding', 'expect']);

function passedOn(headers: IncomingMessage['headers']): Record<string, string> {
  const passed = Object.entries(headers).filter(([name]) => !OF_THE_CONNECTION.has(name));
  return Object.fromEntries(passed.map(([name, value]) => [name, String(value)]));
}

/** Returns the job in `/metrics/job@base64/…`; empty for other requests. */
function jobOf(path: string): string {
  const [, job = ''] = /\/metrics\/job@base64\/([^/]+)/.exec(path) ?? [];
  return Buffer.from(job, 'base64url').toString();
}

function answer(status: number, body = ''): Required<Effect> {
  return { deliver: whole, instead: { status, headers: { 'content-type': 'text/plain' }, body } };
}

async function read(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
