import type { IncomingMessage, ServerResponse } from 'node:http';
import { bodyOf, startHttpServer, textOf } from './http-server';

/** A request that the gateway received. */
export interface PushedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  /** Body, unzipped. */
  readonly body: string;
}

export interface RecordingGateway {
  readonly url: string;
  readonly requests: readonly PushedRequest[];
  /** Exposition of each group by its name: `{"job":"…","account_id":"…"}`. */
  readonly groups: ReadonlyMap<string, string>;
  /** Forgets every request and group. */
  clear(): void;
  stop(): Promise<void>;
}

export type Answering = (request: PushedRequest, response: ServerResponse) => void;

/** Starts a server that records PUT and DELETE like a Pushgateway, or answers in the way that a test chooses. */
export async function startRecordingGateway(answer: Answering = accept): Promise<RecordingGateway> {
  const requests: PushedRequest[] = [];
  const groups = new Map<string, string>();
  const { url, stop } = await startHttpServer(async (incoming, response) => {
    const request = await read(incoming);
    requests.push(request);
    if (request.method === 'PUT') groups.set(groupName(request.url), request.body);
    else groups.delete(groupName(request.url));
    answer(request, response);
  });
  const clear = () => {
    requests.length = 0;
    groups.clear();
  };
  return { url, requests, groups, clear, stop };
}

/** Returns the groups about cost, without those about the run. */
export function costGroups({ groups }: Pick<RecordingGateway, 'groups'>): Map<string, string> {
  return new Map([...groups].filter(([name]) => !name.includes('"job":"tollgate')));
}

function accept(_: PushedRequest, response: ServerResponse): void {
  response.writeHead(200).end();
}

async function read(incoming: IncomingMessage): Promise<PushedRequest> {
  const { method = '', url = '', headers } = incoming;
  return { method, url, headers, body: textOf(headers, await bodyOf(incoming)) };
}

/** Returns the grouping key in a path `/metrics/LABEL@base64/VALUE/…`. */
function groupName(url: string): string {
  const [, , ...parts] = url.split('/');
  const pairs = parts.flatMap((part, i) =>
    i % 2 === 0 ? [[part.replace('@base64', ''), decoded(parts[i + 1])]] : [],
  );
  return JSON.stringify(Object.fromEntries(pairs));
}

function decoded(value = ''): string {
  return Buffer.from(value, 'base64url').toString();
}
