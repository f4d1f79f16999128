import { defaultProvider } from '../../../lambdas/aws/environment-credentials';

const before = { ...process.env };
afterEach(() => {
  process.env = { ...before };
});

test('credentials are read from Lambda’s variables at each use', async () => {
  const provide = defaultProvider();
  Object.assign(process.env, {
    AWS_ACCESS_KEY_ID: 'AKIA',
    AWS_SECRET_ACCESS_KEY: 's',
    AWS_SESSION_TOKEN: 't',
  });
  expect(await provide()).toEqual({ accessKeyId: 'AKIA', secretAccessKey: 's', sessionToken: 't' });
  process.env.AWS_ACCESS_KEY_ID = 'AKIAB';
  expect(await provide()).toMatchObject({ accessKeyId: 'AKIAB' });
});

test.each(['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'])(
  'an environment without %s is an error',
  async (name) => {
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'AKIA', AWS_SECRET_ACCESS_KEY: 'canary' });
    delete process.env[name];
    await expect(defaultProvider()()).rejects.toThrow(
      'environment: expected AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, which Lambda sets, got none',
    );
  },
);
