import { serve, serveSettings } from 'tollgate/serve';
import { liveQueues, queues } from './queues';

/** Serves both collectors, and none of Tollgate's. */
async function main(): Promise<void> {
  const serving = await serve({
    settings: serveSettings({ flags: { port: Number(process.env.PORT ?? 9464) } }),
    collectors: [queues, liveQueues],
    catalog: false,
  });
  process.once('SIGTERM', () => void serving.stop().then(() => process.exit(0)));
}

void main();
