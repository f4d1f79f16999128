/** The exporter, for packages that serve collectors of their own. */
export { type ExporterOptions, startExporter } from './exporter';
export { metricsHandler } from './metrics-handler';
export { type Serving, serve } from './serve';
export { serveSettings } from './settings-file';
