import { rmSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { bundle, defaultFeatures, deployedOptions } from '../../bench/bundles';
import { simulate, stopAll } from '../../local/aws/simulation';
import { temporaryFolder } from '../../support/functions';

afterEach(stopAll);

const CONFIGURATION = {
  region: 'eu-west-1',
  credentials: { accessKeyId: 'AKIA', secretAccessKey: 'secret' },
};

test('no command of DynamoDB discovers its endpoint, so its client does without the discovery', async () => {
  const client = new DynamoDBClient({ ...CONFIGURATION, endpointDiscoveryEnabled: true });
  const command = new GetItemCommand({ TableName: 'Ledger', Key: {} });
  command.resolveMiddleware(client.middlewareStack as never, client.config, {});
  const middleware = [...client.middlewareStack.identify(), ...command.middlewareStack.identify()];
  expect(middleware.filter((name) => /discovery/i.test(name))).toEqual([]);
});

describe('a bundled client', () => {
  const folder = temporaryFolder('discovery-');
  afterAll(() => rmSync(folder, { recursive: true }));

  test('omits the discovery and its cache, and reads an item', async () => {
    const key = { account: { S: '111122223333' }, item: { S: 'run' } };
    const items = new Map([['["111122223333","run"]', { account: '111122223333', item: 'run' }]]);
    const { url } = await simulate({ ledger: { items } });
    const entry = path.join(folder, 'entry.ts');
    writeFileSync(
      entry,
      `import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
       export const read = (configuration, input) => new DynamoDBClient(configuration).send(new GetItemCommand(input));`,
    );
    const options = { ...deployedOptions(defaultFeatures('iam-users')), entryPoints: [entry] };
    const { file, metafile } = await bundle('no-endpoint-discovery', options);
    const files = Object.values(metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs));
    expect(files.filter((name) => /endpoint-cache|middleware-endpoint-discovery/.test(name))).toEqual([]);
    const configuration = {
      ...CONFIGURATION,
      endpoint: url,
      credentials: { ...CONFIGURATION.credentials, accessKeyId: 'AKIACOLLECTOR' },
    };
    const input = { TableName: 'Ledger', Key: key, ConsistentRead: true };
    expect(await require(file).read(configuration, input)).toMatchObject({ Item: key });
  });
});
