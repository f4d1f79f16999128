import type { IncomingMessage } from 'node:http';
import { EC2Client as SdkClient, DescribeInstancesCommand as SdkCommand } from '@aws-sdk/client-ec2';
import { awsAccess } from '../../../lambdas/aws/access';
import { Ec2Client } from '../../../lambdas/aws/ec2/client';
import { DescribeInstancesCommand } from '../../../lambdas/aws/ec2/describe-instances-command';
import { requestMeter } from '../../../lambdas/aws/request-meter';
import { rolesSource } from '../../../lambdas/collectors/roles/source';
import type { Instance } from '../../../lib/local/bill/bill';
import { bill, simulate, stopAll } from '../../local/aws/simulation';
import { bodyOf, type HttpServer, startHttpServer } from '../../support/http-server';
import { stopAfterEach } from '../../support/stop';

// The client and the command use half-public parts of the SDK, so these tests compare them with the SDK's own client.

const CREDENTIALS = { accessKeyId: 'AKIACOLLECTOR', secretAccessKey: 'secret', sessionToken: 'token' };
const INPUT = {
  Filters: [
    { Name: 'instance-state-name', Values: ['running', 'stopped'] },
    { Name: 'tag:a&b', Values: ['é “x”'] },
  ],
  MaxResults: 1000,
  NextToken: 'a+b/c=',
};

const before = { ...process.env };
afterEach(async () => {
  process.env = { ...before };
  await stopAll();
});

describe('compared with the SDK’s own client', () => {
  let server: HttpServer;
  let requests: { method?: string; url?: string; headers: IncomingMessage['headers']; body: string }[];
  beforeEach(async () => {
    requests = [];
    server = await stopAfterEach(
      startHttpServer(async (request, answer) => {
        const { method, url, headers } = request;
        requests.push({ method, url, headers, body: (await bodyOf(request)).toString() });
        answer.writeHead(200, { 'content-type': 'text/xml' }).end(ANSWER);
      }),
    );
  });

  const config = () => ({ region: 'eu-west-1', credentials: CREDENTIALS, endpoint: server.url });

  test('the request has the same bytes, and its signature the same scope', async () => {
    await new SdkClient(config()).send(new SdkCommand(INPUT));
    await new Ec2Client(config()).send(new DescribeInstancesCommand(INPUT));
    const [theirs, ours] = requests.map(comparable);
    expect(ours).toEqual(theirs);
    expect(ours?.headers.authorization).toMatch(/\/eu-west-1\/ec2\/aws4_request/);
  });

  test('the answer has the same values, for the members that are read', async () => {
    const theirs = await new SdkClient(config()).send(new SdkCommand({}));
    const ours = await new Ec2Client(config()).send(new DescribeInstancesCommand({}));
    expect(theirs).toMatchObject(withoutMetadata(ours));
    expect(withoutMetadata(ours)).toEqual({
      NextToken: 'more',
      Reservations: [
        {
          Instances: [
            { InstanceId: 'i-0a', State: { Name: 'running' }, IamInstanceProfile: { Arn: 'arn:a&b' } },
            { InstanceId: 'i-0b', State: { Name: 'stopped' } },
          ],
        },
        { Instances: [{ InstanceId: 'i-0c', State: { Name: 'pending' } }] },
      ],
    });
  });

  test('AWS_ENDPOINT_URL_EC2 changes the host of both clients, and IAM’s variable does not', async () => {
    Object.assign(process.env, {
      AWS_ENDPOINT_URL_EC2: server.url,
      AWS_ENDPOINT_URL_IAM: 'http://127.0.0.1:9',
    });
    await new Ec2Client({ ...config(), endpoint: undefined }).send(new DescribeInstancesCommand({}));
    await new SdkClient({ ...config(), endpoint: undefined }).send(new SdkCommand({}));
    expect(requests).toHaveLength(2);
  });
});

test.each([
  'eu-west-1',
  'us-east-1',
  'ap-southeast-5',
  'cn-north-1',
  'us-gov-west-1',
  'eusc-de-east-1',
  'us-iso-east-1',
])('the hosts of %s are those of the SDK, also with FIPS and dual stack', (Region) => {
  const hosts = (client: { config: { endpointProvider: EndpointProvider } }) =>
    [false, true].flatMap((UseFIPS) =>
      [false, true].map((UseDualStack) => hostOrNone(client, { Region, UseFIPS, UseDualStack })),
    );
  const theirs = hosts(new SdkClient({ region: Region }));
  const ours = hosts(new Ec2Client({ region: Region }));
  expect(theirs.map((host, i) => host && ours[i])).toEqual(theirs);
  expect(theirs[0]).toBeDefined();
});

describe('with the simulated EC2', () => {
  test('every page is read without terminated instances, and each request counts for EC2', async () => {
    const ids = ['i-0', 'i-1', 'i-2', 'i-3', 'i-4'];
    const gone = instance('i-gone', { state: 'terminated' });
    const { aws, source, meter } = await rolesIn([gone, ...ids.map((id) => instance(id))]);
    expect((await source.instances('eu-west-1')).map(({ id }) => id)).toEqual(ids);
    expect(aws.requests.map(({ action, page }) => [action, page])).toEqual([
      ['ec2:DescribeInstances', 1],
      ['ec2:DescribeInstances', 2],
    ]);
    expect(meter.counts()).toEqual([
      { service: 'EC2', operation: 'DescribeInstances', outcome: 'ok', requests: 2 },
    ]);
  });

  test.each([
    ['denied', { denied: ['ec2:DescribeInstances'] }, 'UnauthorizedOperation', 403],
    ['throttled', { faults: [{ action: 'ec2:*', kind: 'throttle' as const }] }, 'RequestLimitExceeded', 503],
  ])(
    'the error of a request that is %s has the SDK’s name, message and status',
    async (_, options, name, status) => {
      const { url } = await simulate(options);
      const config = { endpoint: url, region: 'eu-west-1', credentials: CREDENTIALS, maxAttempts: 1 };
      const theirs: Error = await new SdkClient(config).send(new SdkCommand({})).catch((error) => error);
      const ours: Error = await new Ec2Client(config)
        .send(new DescribeInstancesCommand({}))
        .catch((error) => error);
      expect(ours).toMatchObject({ name, $metadata: { httpStatusCode: status } });
      expect([ours.name, ours.message]).toEqual([theirs.name, theirs.message]);
    },
  );
});

function instance(instanceId: string, different: Partial<Instance> = {}): Instance {
  return { instanceId, region: 'eu-west-1', state: 'running', ...different };
}

async function rolesIn(instances: readonly Instance[]) {
  const aws = await simulate({ bill: bill({ instances }), inventoryPageSize: 3 });
  Object.assign(process.env, { AWS_ENDPOINT_URL: aws.url, AWS_REGION: 'us-east-1' });
  const meter = requestMeter(0);
  const access = awsAccess(meter, new AbortController().signal, { credentials: CREDENTIALS });
  return { aws, meter, source: rolesSource(access, { resourceServices: [] }) };
}

type EndpointProvider = (place: {
  readonly Region: string;
  readonly UseFIPS: boolean;
  readonly UseDualStack: boolean;
}) => { readonly url: URL };

/** Returns the host, or undefined if the SDK knows that the partition has none. */
function hostOrNone(
  { config }: { config: { endpointProvider: EndpointProvider } },
  place: Parameters<EndpointProvider>[0],
): string | undefined {
  try {
    return config.endpointProvider(place).url.href;
  } catch {
    return undefined;
  }
}

/** Returns the request without values that differ between any two requests, and without the client's name. */
function comparable({ headers, ...rest }: { headers: IncomingMessage['headers'] }) {
  const { authorization = '', ...others } = headers;
  for (const name of ['x-amz-date', 'amz-sdk-invocation-id', 'user-agent', 'x-amz-user-agent'])
    delete others[name];
  return { ...rest, headers: { ...others, authorization: authorization.replace(/Signature=.*/, '') } };
}

function withoutMetadata<T extends { $metadata: unknown }>({ $metadata: _, ...answer }: T) {
  return answer;
}

const ANSWER = `<?xml version="1.0" encoding="UTF-8"?>
<DescribeInstancesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">
  <requestId>8f7724cf</requestId>
  <reservationSet>
    <item>
      <reservationId>r-0a</reservationId><ownerId>111122223333</ownerId><groupSet/>
      <instancesSet>
        <item>
          <instanceId>i-0a</instanceId><instanceState><code>16</code><name>running</name></instanceState>
          <blockDeviceMapping/><tagSet><item><key>name</key><value>x</value></item></tagSet>
          <iamInstanceProfile><arn>arn:a&amp;b</arn><id>AIPA</id></iamInstanceProfile>
        </item>
        <item>
          <instanceId>i-0b</instanceId><instanceState><code>80</code><name>stopped</name></instanceState>
        </item>
      </instancesSet>
    </item>
    <item>
      <instancesSet>
        <item><instanceId>i-0c</instanceId><instanceState><code>0</code><name>pending</name></instanceState></item>
      </instancesSet>
    </item>
  </reservationSet>
  <nextToken>more</nextToken>
</DescribeInstancesResponse>
`;
