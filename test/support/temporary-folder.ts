import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stopAfterEach } from './stop';

/** Returns an empty folder that is removed after the test. */
export async function temporaryFolder(): Promise<string> {
  return (await stopAfterEach(folder())).path;
}

async function folder() {
  const path = await mkdtemp(join(tmpdir(), 'tollgate-test-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}
