// Mounts the metrics in a Fastify app. Run: npx tsx examples/serve-fastify.ts
import fastify from 'fastify';
import { metricsHandler, serveSettings, startExporter } from '../lib/serve';

async function main(): Promise<void> {
  const exporter = await startExporter({ settings: serveSettings() });
  const metrics = metricsHandler(exporter);
  const app = fastify();
  app.get('/own', () => 'your own page');
  app.all('/*', (request, reply) => {
    reply.hijack(); // The handler writes the answer itself.
    void metrics(request.raw, reply.raw);
  });
  await app.listen({ port: Number(process.env.PORT ?? 9464), host: '127.0.0.1' });
}

void main();
