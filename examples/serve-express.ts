// Mounts the metrics in an Express app. Run: npx tsx examples/serve-express.ts
import express from 'express';
import { metricsHandler, serveSettings, startExporter } from '../lib/serve';

async function main(): Promise<void> {
  const exporter = await startExporter({ settings: serveSettings() });
  const app = express();
  app.get('/own', (_request, response) => void response.send('your own page'));
  app.use(metricsHandler(exporter));
  app.listen(Number(process.env.PORT ?? 9464), '127.0.0.1');
}

void main();
