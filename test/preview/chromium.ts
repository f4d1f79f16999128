import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';
import { type Browser, chromium } from 'playwright-core';
import { findExecutable, foldersOf } from '../../lib/local/servers/search-path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];
const ROOT = path.join(__dirname, '../..');
const PACKAGE = path.join(ROOT, 'node_modules/@sparticuz/chromium');
const CACHE = path.join(ROOT, '.cache/chromium');

/** Starts Chromium from PATH, or else the one in `node_modules`. Without one the test fails with an error that says how to get it. */
export async function startChromium(): Promise<Browser> {
  const installed = await findExecutable(NAMES, foldersOf(process.env.PATH ?? ''));
  try {
    const found = installed ? { executablePath: installed } : await packaged();
    return await chromium.launch({ ...found, timeout: 300_000 });
  } catch (error) {
    throw new Error(`${(error as Error).message}\n\n${HOW_TO_GET_ONE}`);
  }
}

const HOW_TO_GET_ONE = `looked for ${NAMES.join(', ')} on PATH, then in @sparticuz/chromium (Linux on x86-64)
to get one: on Debian or Ubuntu, apt-get install chromium; elsewhere, put Chromium or Chrome on PATH as ${NAMES[0]}`;

/** Unpacks the Chromium of the package, which would itself run any /tmp/chromium that it finds. */
async function packaged() {
  const { version } = JSON.parse(await readFile(path.join(PACKAGE, 'package.json'), 'utf8'));
  const folder = path.join(CACHE, version);
  if (!existsSync(folder)) await unpack(folder);
  return {
    executablePath: path.join(folder, 'chromium'),
    env: {
      ...process.env,
      LD_LIBRARY_PATH: path.join(folder, 'lib'),
      FONTCONFIG_FILE: path.join(folder, 'fonts.conf'),
    },
  };
}

/** Unpacks into a draft and renames it. Several processes may do this at once: the first complete folder stays. */
async function unpack(folder: string): Promise<void> {
  const draft = `${folder}.${process.pid}`;
  await mkdir(draft, { recursive: true });
  await writeFile(path.join(draft, 'chromium'), await unpacked('chromium.br'), { mode: 0o755 });
  for (const archive of ['al2023', 'fonts']) {
    const file = path.join(draft, `${archive}.tar`);
    await writeFile(file, await unpacked(`${archive}.tar.br`));
    await promisify(execFile)('tar', ['xf', file, '-C', draft]);
    await rm(file);
  }
  await writeFile(path.join(draft, 'fonts.conf'), fontConfiguration(folder));
  await rename(draft, folder).catch(() => rm(draft, { recursive: true }));
}

async function unpacked(file: string): Promise<Buffer> {
  return promisify(brotliDecompress)(await readFile(path.join(PACKAGE, 'bin', file)));
}

/** Returns a configuration with one font, so that screenshots are equal everywhere. */
function fontConfiguration(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${path.join(folder, 'fonts')}</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${path.join(folder, 'cache')}</cachedir>
  <alias binding="same"><family>system-ui</family><prefer><family>Open Sans</family></prefer></alias>
</fontconfig>
`;
}
