import { startPushgateway } from '../../../lib/local/servers/pushgateway';

// This process for process-end.slow.test.ts prints the URL of its server, then waits or fails.
async function main(program: string, then: string): Promise<void> {
  const { url } = await startPushgateway(program);
  console.log(url);
  if (then === 'fail') {
    throw new Error('crashed as requested');
  }
}

const [program = '', then = ''] = process.argv.slice(2);
main(program, then);
