import { group } from '../../../lambdas/metrics/group';
import { registered } from '../../../lambdas/metrics/registered-group';
import { sample } from '../../../lambdas/metrics/sample';
import { sinkFor } from '../../../lambdas/sinks/sink-for';
import { calls } from './contract';

// This process of a test puts a group to each of the given sinks, and prints how often that failed.

const USER = registered(
  group('IAM_User_Details', { account_id: '1' }, [
    sample('aws_iam_user_create_timestamp_seconds', { account_id: '1', user_name: 'alice' }, 7),
  ]),
);

type Given = readonly [
  settings: Parameters<typeof sinkFor>[0],
  ports: Omit<Parameters<typeof sinkFor>[1], 'credentials'> & {
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  },
];

async function main(given: readonly Given[]): Promise<void> {
  let failures = 0;
  for (const [settings, { credentials, ...ports }] of given) {
    const sink = sinkFor(settings, { ...ports, credentials: async () => credentials });
    await sink.put(USER, calls()(USER)).catch((error: unknown) => {
      failures += 1;
      console.error(error);
    });
  }
  console.log(`${failures} of ${given.length} failed`);
}

main(JSON.parse(process.argv[2] ?? '[]')).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
