// Serves the metrics in a server of node:http. Run: npx tsx examples/serve-node-http.ts
import { createServer } from 'node:http';
import { metricsHandler, serveSettings, startExporter } from '../lib/serve';

async function main(): Promise<void> {
  const exporter = await startExporter({ settings: serveSettings() });
  const metrics = metricsHandler(exporter);
  const server = createServer((request, response) => {
    if (request.url === '/own') response.end('your own page');
    else void metrics(request, response);
  });
  server.listen(Number(process.env.PORT ?? 9464), '127.0.0.1');
}

void main();
