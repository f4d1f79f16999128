import { readFileSync } from 'node:fs';
import type { Settings } from '../../lambdas/catalog/settings';
import { readSettings } from '../config';
import { UserError } from '../user-error';

/** Values that flags set instead of the file. */
export type ServeFlags = Partial<Pick<Settings['serve'], 'host' | 'port' | 'dataDir'>>;

interface SettingsSource {
  /** A JSON file with the settings. @default the context `tollgate` of cdk.json in the current folder */
  readonly file?: string;
  /** @default none */
  readonly flags?: ServeFlags;
}

/**
 * Reads the settings of the exporter. It needs no sinks, because it holds the groups itself, and ignores those of cdk.json.
 * @throws UserError that names the file and every problem.
 */
export function serveSettings(source: SettingsSource = {}): Settings {
  return checked(ownSettings(source), source);
}

/** Reads the settings without what the demo's AWS lacks: member accounts and a Prometheus for the digest. */
export function demoSettings(source: SettingsSource): Settings {
  return checked({ ...ownSettings(source), members: undefined, digest: undefined }, source);
}

function checked({ sinks, pushgateway, ...own }: Raw, source: SettingsSource): Settings {
  const serve = { ...Object(own.serve), ...source.flags };
  return readSettings({ ...own, sinks: NO_SINKS, serve }, source.file ?? `${CDK}, context "tollgate"`);
}

/** The schema demands a sink, and runs of the exporter publish to its memory instead. */
const NO_SINKS = [{ type: 'stdout' }];

const CDK = 'cdk.json';

type Raw = Readonly<Record<string, unknown>>;

/** Returns the settings as they are written. Without a file, every setting has its default. */
function ownSettings({ file }: Pick<SettingsSource, 'file'>): Raw {
  if (file !== undefined) return objectIn(file);
  const { context } = objectIn(CDK, '{}') as { readonly context?: { readonly tollgate?: Raw } };
  return context?.tollgate ?? {};
}

function objectIn(file: string, absent?: string): Raw {
  const value = parsed(file, textOf(file, absent));
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Raw;
  throw new UserError(`${file}: expected a JSON object of settings, got another value`);
}

function textOf(file: string, absent: string | undefined): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' && absent !== undefined) return absent;
    throw new UserError(`${file}: expected a JSON file with settings, got ${code}`);
  }
}

/** Parses the JSON. The error does not quote it. */
function parsed(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UserError(
      `${file}: expected a JSON object of settings, got ${text.length} characters of other text`,
    );
  }
}
