import * as path from 'node:path';
import { PAGE_PORT } from './demo-options';
import { type Preview, startPreview } from './preview/preview';
import type { Server } from './servers/server';

interface StayUpOptions {
  readonly prometheus: Server;
  readonly pushgateway?: Server;
  /** @default PAGE_PORT, or a free one when that is taken */
  readonly port?: number;
  readonly print: (text: string) => void;
  readonly progress: (line: string) => void;
  readonly signal: AbortSignal;
}

/** Serves a page that draws the dashboards, until Ctrl-C. */
export async function stayUp(options: StayUpOptions): Promise<void> {
  const { prometheus, pushgateway, port, print, progress, signal } = options;
  const page = await startPage({ prometheusUrl: prometheus.url, port, progress });
  const urls = [
    [page.url, 'the dashboards'],
    [prometheus.url, 'Prometheus'],
    ...(pushgateway ? [[pushgateway.url, 'Pushgateway']] : []),
  ];
  print(urls.map(([url, name], i) => `${(i === 0 ? 'open' : '').padEnd(14)}${url}  ${name}\n`).join(''));
  progress('press Ctrl-C to stop');
  if (!signal.aborted)
    await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  await page.stop();
}

const DASHBOARDS = path.resolve(__dirname, '../../docs/dashboards');

interface PageOptions {
  readonly prometheusUrl: string;
  readonly port?: number;
  readonly progress: (line: string) => void;
}

/** Serves the page. If a given port is taken, that is an error instead of another port. */
export async function startPage({ prometheusUrl, port, progress }: PageOptions): Promise<Preview> {
  const page = { prometheusUrl, dashboards: DASHBOARDS };
  try {
    return await startPreview({ ...page, port: port ?? PAGE_PORT });
  } catch (error) {
    if (port !== undefined || (error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    progress(`port ${PAGE_PORT} is taken, so the page has another one; --port chooses it`);
    return startPreview(page);
  }
}
