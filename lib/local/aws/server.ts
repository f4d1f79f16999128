import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type SimulatedCloudOptions, type SimulatedRequest, simulatedCloud } from './cloud';
import type { HttpRequest } from './protocol';

export type { SimulatedRequest } from './cloud';
export type { AwsFault } from './faults';
export type { MemberRole } from './sts';

/** The port and the behaviour of the simulated AWS. */
export interface SimulatedAwsOptions extends SimulatedCloudOptions {
  /** Port of 127.0.0.1. @default any that is free */
  readonly port?: number;
}

/** A simulated AWS that runs. */
export interface SimulatedAws {
  /** The value for AWS_ENDPOINT_URL. */
  readonly url: string;
  /** All requests so far, in the order of their answers. */
  readonly requests: readonly SimulatedRequest[];
  stop(): Promise<void>;
}

/**
 * Starts an AWS on loopback that answers from the bill in the real wire protocols: Account, Cost Explorer, DynamoDB, EC2,
 * IAM, Managed Prometheus, Organizations, Secrets Manager, STS and Tagging, with the operations that this project uses. Each caller sees its
 * own account. Anything that is not modelled is answered with a ValidationException that names it.
 * @throws RangeError when a page size is not a whole number from 1 or an account is not in the bill; the system's
 * error when the port is taken.
 */
export async function startSimulatedAws(options: SimulatedAwsOptions): Promise<SimulatedAws> {
  const cloud = simulatedCloud(options);
  const { now = () => options.bill.asOf } = options;
  const requests: SimulatedRequest[] = [];
  const respond = (request: HttpRequest, response: ServerResponse) => {
    const { answer, record, deliver } = cloud(request);
    requests.push(record);
    const headers = { 'content-type': answer.contentType, ...timeHeaders(now()), ...answer.headers };
    deliver(response, { ...answer, headers });
  };
  const server = createServer((incoming, response) => {
    read(incoming).then(
      (request) => respond(request, response),
      () => response.destroy(),
    );
  });
  // Node.js closes idle connections after five seconds. A client that waits longer between two attempts may send on one
  // that is just closing, and the SDK reports such a reset as a timeout.
  server.keepAliveTimeout = 0;
  const port = await listen(server, options.port ?? 0);
  return { url: `http://127.0.0.1:${port}`, requests, stop: () => stop(server) };
}

/** Returns AWS's time. With an age, the SDK does not take it for an error of its own clock. */
function timeHeaders(now: Date) {
  return { date: now.toUTCString(), age: '0' };
}

/** Rejects when the client disconnects before the body is complete. */
async function read(request: IncomingMessage): Promise<HttpRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const { method = '', url = '', headers } = request;
  const bytes = Buffer.concat(chunks);
  return { method, path: url, headers, body: bytes.toString('utf8'), bytes };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
