import * as path from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { ScheduledCollector } from 'tollgate';
import { queues } from './queues';

const app = new App();
const stack = new Stack(app, 'Queues');

new ScheduledCollector(stack, 'Queues', {
  entry: path.join(__dirname, 'queues.ts'),
  settings: { sinks: [{ type: 'pushgateway', url: 'https://pushgateway.example.com' }] },
  environment: { QUEUES_URL: 'https://queues.example.com' },
  hours: queues.hours,
});
