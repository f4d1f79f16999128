import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { clients, simulate, stopAll } from './simulation';

afterEach(stopAll);

const ARN = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:gateway-headers-AbCdEf';

test('a secret is found by its ARN', async () => {
  const aws = await simulate({ secrets: { [ARN]: '{"Authorization":"Basic Zm9v"}' } });
  expect(await clients(aws).secrets.send(new GetSecretValueCommand({ SecretId: ARN }))).toMatchObject({
    ARN,
    Name: 'gateway-headers',
    SecretString: '{"Authorization":"Basic Zm9v"}',
    VersionStages: ['AWSCURRENT'],
  });
});

test('an unknown secret is not found', async () => {
  const { secrets } = clients(await simulate());
  await expect(secrets.send(new GetSecretValueCommand({ SecretId: ARN }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: "Secrets Manager can't find the specified secret.",
  });
});
