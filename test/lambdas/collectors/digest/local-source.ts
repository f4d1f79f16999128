import type { ServerResponse } from 'node:http';
import type { AwsAccess } from '../../../../lambdas/aws/access';
import type { Settings } from '../../../../lambdas/catalog/settings';
import { digestSource } from '../../../../lambdas/collectors/digest/source';
import { type RecordingGateway, startRecordingGateway } from '../../../support/recording-gateway';
import { stopAfterEach } from '../../../support/stop';

export const PATH = '/workflows/0a1b2c3d/triggers/manual?api-version=2016-06-01&sig=s%2Fcr%3Dt-S1GN4TURE';
export const ARN = (name: string) => `arn:aws:secretsmanager:eu-west-1:111122223333:secret:${name}-AbCdEf`;
export const ENDS = {
  prometheusUrl: 'http://127.0.0.1:9',
  webhookSecretArn: ARN('webhook'),
  format: 'webhook' as const,
};

/** Starts an HTTP server that gives one answer after another and repeats the last one. */
export async function answering(...answers: readonly Answer[]): Promise<RecordingGateway> {
  let next = 0;
  return stopAfterEach(
    startRecordingGateway((_, response: ServerResponse) => {
      const [status, body = '', headers = {}] = answers[Math.min(next++, answers.length - 1)] ?? [200];
      response.writeHead(status, headers).end(body);
    }),
  );
}

export type Answer = readonly [status: number, body?: string, headers?: Readonly<Record<string, string>>];

/** Starts a server that answers GetSecretValue. */
async function secretsManager(secrets: Readonly<Record<string, string>>): Promise<RecordingGateway> {
  return stopAfterEach(
    startRecordingGateway(({ body }, response) => {
      const SecretString = secrets[JSON.parse(body).SecretId];
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' });
      response.end(JSON.stringify({ SecretString }));
    }),
  );
}

/** Returns the source, with a local Secrets Manager behind the SDK's own client. */
export async function source(
  secrets: Readonly<Record<string, string>>,
  ends: Partial<NonNullable<Settings['digest']>> = {},
) {
  const { url: endpoint } = await secretsManager(secrets);
  const credentials = { accessKeyId: 'AKIACOLLECTOR', secretAccessKey: 'secret' };
  const configuration = { endpoint, region: 'eu-west-1', credentials, maxAttempts: 1 };
  const aws: AwsAccess = {
    as: () => aws,
    now: () => new Date(),
    signal: new AbortController().signal,
    client: (Client) => new Client(configuration as never),
  };
  return digestSource(aws, { digest: { ...ENDS, ...ends } });
}
