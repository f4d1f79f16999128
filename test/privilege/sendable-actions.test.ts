import { rmSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { bundle, handlerOf, OURS } from '../bench/bundles';
import { temporaryFolder } from '../support/functions';
import { sendableActions } from './sendable-actions';

const PLATFORM = ['secretsmanager:GetSecretValue', 'sts:AssumeRole'];

describe('a command without its permission', () => {
  const folder = temporaryFolder('entry-');
  afterAll(() => rmSync(folder, { recursive: true }));

  test('is found when a source begins to send it', async () => {
    const actions = await actionsWith('import { ListRolesCommand } from "@aws-sdk/client-iam";');
    expect(actions).toEqual(['iam:ListRoles', 'iam:ListUsers', ...PLATFORM]);
  });

  test('is found behind a paginator', async () => {
    const actions = await actionsWith(
      'import { paginateListGroups as ListRolesCommand } from "@aws-sdk/client-iam";',
    );
    expect(actions).toEqual(['iam:ListGroups', 'iam:ListUsers', ...PLATFORM]);
  });

  test('is found behind a client that has every command as a method', async () => {
    const actions = await actionsWith('import { IAM as ListRolesCommand } from "@aws-sdk/client-iam";');
    expect(actions).toEqual(expect.arrayContaining(['iam:CreateUser', 'iam:DeleteRole', 'iam:ListRoles']));
  });

  test('is not found when it is imported and not used: it is not in the bundle', async () => {
    const actions = await actionsWith(
      'import { ListRolesCommand as unused } from "@aws-sdk/client-iam"; const ListRolesCommand = 0;',
    );
    expect(actions).toEqual(['iam:ListUsers', ...PLATFORM]);
  });

  test('is an error where a client is bundled as one file, which shows no commands', async () => {
    const inOneFile = { ...OURS, mainFields: ['main'] };
    await expect(actionsWith('const ListRolesCommand = 0;', inOneFile)).rejects.toThrow(
      'expected files of commands of client-secrets-manager in the bundle, got none',
    );
  });

  /** Of a handler like that of iam-users that uses one import more. */
  async function actionsWith(statement: string, options = OURS): Promise<string[]> {
    const entry = path.join(folder, 'entry.ts');
    const handler = JSON.stringify(handlerOf('iam-users').replace(/\.ts$/, ''));
    writeFileSync(
      entry,
      `${statement}\nexport { handler } from ${handler};\nexport const more = ListRolesCommand;\n`,
    );
    const { metafile } = await bundle('privilege-entry', { ...options, entryPoints: [entry] });
    return sendableActions(metafile);
  }
});
