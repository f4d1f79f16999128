import { rmSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import type { IamActions } from '../../lib/local/aws/iam-actions';
import { bundle, deployedOptions, EVERY_FEATURE, handlerOf } from '../bench/bundles';
import { temporaryFolder } from '../support/functions';
import { sendableActions } from './sendable-actions';

const OPTIONS = deployedOptions({ ...EVERY_FEATURE, ledger: false, remoteWrite: false });
const PLATFORM = ['secretsmanager:GetSecretValue', 'sts:AssumeRole'];

describe('the actions of a bundle', () => {
  const folder = temporaryFolder('entry-');
  afterAll(() => rmSync(folder, { recursive: true }));

  test('include a command that a source starts to send', async () => {
    const actions = await actionsWith('import { ListRolesCommand } from "@aws-sdk/client-iam";');
    expect(actions).toEqual(['iam:ListRoles', 'iam:ListUsers', ...PLATFORM]);
  });

  test('include the command behind a paginator', async () => {
    const actions = await actionsWith(
      'import { paginateListGroups as ListRolesCommand } from "@aws-sdk/client-iam";',
    );
    expect(actions).toEqual(['iam:ListGroups', 'iam:ListUsers', ...PLATFORM]);
  });

  test('include every command of a client whose commands are methods', async () => {
    const actions = await actionsWith('import { IAM as ListRolesCommand } from "@aws-sdk/client-iam";');
    expect(actions).toEqual(expect.arrayContaining(['iam:CreateUser', 'iam:DeleteRole', 'iam:ListRoles']));
  });

  test('omit a command that is imported but not used, because it is not in the bundle', async () => {
    const actions = await actionsWith(
      'import { ListRolesCommand as unused } from "@aws-sdk/client-iam"; const ListRolesCommand = 0;',
    );
    expect(actions).toEqual(['iam:ListUsers', ...PLATFORM]);
  });

  test('cannot be known if a client is bundled as one file, which is an error', async () => {
    const inOneFile = { ...OPTIONS, mainFields: ['main'] };
    await expect(actionsWith('const ListRolesCommand = 0;', { options: inOneFile })).rejects.toThrow(
      'expected files of commands of client-secrets-manager in the bundle, got none',
    );
  });

  test('have the names that IAM uses, each once', async () => {
    const renamed = new Map([
      ['iam:ListRoles', 'iam:ViewIdentities'],
      ['iam:ListUsers', 'iam:ViewIdentities'],
    ]);
    const statement = 'import { ListRolesCommand } from "@aws-sdk/client-iam";';
    expect(await actionsWith(statement, { renamed })).toEqual(['iam:ViewIdentities', ...PLATFORM]);
  });

  /** Returns the actions of the handler of iam-users with one more import. */
  async function actionsWith(
    statement: string,
    { options = OPTIONS, renamed }: { options?: typeof OPTIONS; renamed?: IamActions } = {},
  ): Promise<string[]> {
    const entry = path.join(folder, 'entry.ts');
    const handler = JSON.stringify(handlerOf('iam-users').replace(/\.ts$/, ''));
    writeFileSync(
      entry,
      `${statement}\nexport { handler } from ${handler};\nexport const more = ListRolesCommand;\n`,
    );
    const { metafile } = await bundle('privilege-entry', { ...options, entryPoints: [entry] });
    return sendableActions(metafile, renamed);
  }
});
