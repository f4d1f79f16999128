import { isLoopback } from '../../lambdas/catalog/loopback';
import { type ExporterOptions, type OpenExporter, openExporter } from './exporter';
import { metricsHandler } from './metrics-handler';
import { listen } from './server';

/** An exporter that listens. */
export interface Serving {
  /** The URL without a slash at its end. */
  readonly url: string;
  /** Answers the open requests, ends the runs, and resolves when all groups are on the disk. */
  stop(): Promise<void>;
}

interface ServeOptions extends ExporterOptions {
  /** Receives a warning for the person who starts it. @default it is written to the standard error */
  readonly warn?: (line: string) => void;
}

/**
 * Starts the exporter of the settings and its server.
 * @throws UserError if a setting or a collector cannot be used.
 */
export async function serve({ warn = console.error, ...options }: ServeOptions): Promise<Serving> {
  const { settings } = options;
  const { host, auth } = settings.serve;
  if (!auth && !isLoopback(host.includes(':') ? `[${host}]` : host)) warn(`${OPEN} on ${host}`);
  const open = await openExporter(options);
  const server = await listening(open, settings);
  const exporter = open.start();
  exporter.log({ listening: server.url });
  const stop = async () => void (await Promise.all([server.stop(LAST_ANSWERS_MS), exporter.stop()]));
  return { url: server.url, stop };
}

/** Listens before anything is paid. If that fails, the exporter is closed. */
async function listening(open: OpenExporter, { serve }: ExporterOptions['settings']) {
  try {
    return await listen(serve, metricsHandler(open));
  } catch (error) {
    await open.close();
    throw error;
  }
}

const OPEN =
  'warning: everyone who reaches this port can read the costs: set serve.auth, or listen on 127.0.0.1; it listens';

/** Milliseconds for the open requests. */
const LAST_ANSWERS_MS = 10_000;
