import { readdir, readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { type Answer, json, text } from './answer';
import { buildPage } from './page';
import { askPrometheus, isReading } from './prometheus-proxy';

interface PreviewOptions {
  /** The Prometheus that the page reads. */
  readonly prometheusUrl: string;
  /** The folder of the JSON models that Grafana imports. Every page load reads it. */
  readonly dashboards: string;
  /** Port of 127.0.0.1. @default any that is free */
  readonly port?: number;
}

/** A page that is served. */
export interface Preview {
  /** The address of the first dashboard. */
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Starts a page on loopback that draws Grafana's JSON models from a Prometheus. It is a viewer, not a Grafana: a
 * panel names the features that the page lacks. Throws the system's error when the port is taken.
 */
export async function startPreview({
  prometheusUrl,
  dashboards,
  port = 0,
}: PreviewOptions): Promise<Preview> {
  const page = await buildPage();
  const answer = async (url: URL): Promise<Answer> => {
    if (isReading(url.pathname)) return askPrometheus(prometheusUrl, url);
    if (url.pathname === '/dashboards') return json(200, await readModels(dashboards));
    return page(url.pathname) ?? text(404, `expected the address of a page, got ${url.pathname}`);
  };
  const server = createServer((request, response) => {
    safely(request, answer).then(
      ({ status, headers, body }) => response.writeHead(status, { ...SAFE, ...headers }).end(body),
      (error: Error) => response.writeHead(500, SAFE).end(error.message),
    );
  });
  await listen(server, port);
  return { url: `http://127.0.0.1:${portOf(server)}`, stop: () => stop(server) };
}

const SAFE = {
  'content-security-policy': "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:",
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
};

async function safely(request: IncomingMessage, answer: (url: URL) => Promise<Answer>): Promise<Answer> {
  const { method, url = '/', headers } = request;
  if (method !== 'GET') return text(405, `expected GET, got ${method}`);
  // A foreign host name that resolves to this machine must not read the bill.
  if (!/^(127\.0\.0\.1|localhost):\d+$/.test(headers.host ?? '')) {
    return text(421, `expected a request to 127.0.0.1, got ${headers.host}`);
  }
  return answer(new URL(url, 'http://127.0.0.1'));
}

async function readModels(folder: string): Promise<unknown[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.json')).sort(overviewFirst);
  return Promise.all(files.map(async (file) => JSON.parse(await readFile(path.join(folder, file), 'utf8'))));
}

function overviewFirst(a: string, b: string): number {
  return Number(b === 'overview.json') - Number(a === 'overview.json') || a.localeCompare(b);
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
