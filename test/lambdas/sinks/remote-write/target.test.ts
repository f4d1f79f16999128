import { targetOf } from '../../../../lambdas/sinks/remote-write/target';

const CREDENTIALS = { credentials: async () => ({ accessKeyId: 'AKIA', secretAccessKey: 'secret' }) };
const ARN = 'arn:aws:aps:eu-west-1:111122223333:workspace/ws-1';

test('a URL is the target as it is, and its requests are not signed', () => {
  const endpoints = { AWS_ENDPOINT_URL: 'http://localhost:1' };
  expect(targetOf({ url: 'https://x/api/v1/push' }, { ...CREDENTIALS, endpoints })).toEqual({
    url: 'https://x/api/v1/push',
  });
});

test.each([
  [ARN, 'https://aps-workspaces.eu-west-1.amazonaws.com/workspaces/ws-1/api/v1/remote_write'],
  [
    'arn:aws-cn:aps:cn-north-1:111122223333:workspace/ws-1',
    'https://aps-workspaces.cn-north-1.amazonaws.com.cn/workspaces/ws-1/api/v1/remote_write',
  ],
])(
  'the URL of a workspace follows from its ARN, and its requests are signed: %s',
  async (workspaceArn, url) => {
    const target = targetOf({ workspaceArn }, CREDENTIALS);
    expect(target.url).toBe(url);
    const headers = await target.sign?.(url, { headers: {}, body: Buffer.of() });
    expect(headers?.authorization).toContain(`/${workspaceArn.split(':')[3]}/aps/aws4_request`);
  },
);

test.each([
  [
    { AWS_ENDPOINT_URL_AMP: 'http://localhost:1', AWS_ENDPOINT_URL: 'http://localhost:2' },
    'http://localhost:1',
  ],
  [{ AWS_ENDPOINT_URL: 'http://localhost:2/' }, 'http://localhost:2'],
])('an endpoint in the environment replaces the host: %j', (endpoints, host) => {
  const { url } = targetOf({ workspaceArn: ARN }, { ...CREDENTIALS, endpoints });
  expect(url).toBe(`${host}/workspaces/ws-1/api/v1/remote_write`);
});
