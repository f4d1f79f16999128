// Mounts the metrics in an Express app. Run: npx tsx examples/serve-express.ts
import express from 'express';
import { startExporter } from '../lib/serve/exporter';
import { metricsHandler } from '../lib/serve/metrics-handler';
import { serveSettings } from '../lib/serve/settings-file';

async function main(): Promise<void> {
  const exporter = await startExporter({ settings: serveSettings({ flags: {} }) });
  const app = express();
  app.get('/own', (_request, response) => void response.send('your own page'));
  app.use(metricsHandler(exporter));
  app.listen(Number(process.env.PORT ?? 9464), '127.0.0.1');
}

void main();
