import { statSync } from 'node:fs';
import { COLLECTORS } from '../../lambdas/catalog/collectors';
import { nearest } from '../../lambdas/catalog/did-you-mean';
import { LEDGER_ACTIONS } from '../../lambdas/catalog/ledger';
import { UserError } from '../user-error';
import { isDay } from './bill/day';

/** Reads the value of a flag. Throws a UserError with the expectation and the actual value. */
export type FlagReader<T> = (text: string) => T;

/** Reads a whole number between two bounds, both included. @param most @default no limit */
export function wholeNumber(least: number, most = Number.MAX_SAFE_INTEGER): FlagReader<number> {
  const range = most === Number.MAX_SAFE_INTEGER ? `from ${least}` : `from ${least} to ${most}`;
  return (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (least <= value && value <= most) return value;
    throw unexpected(`a whole number ${range}`, text);
  };
}

/** Reads an amount of US dollars in full cents. */
export const usd: FlagReader<number> = (text) => {
  if (/^\d{1,6}(\.\d{1,2})?$/.test(text)) return Number(text);
  throw unexpected('an amount in USD such as 5 or 0.50', text);
};

/** Reads an http or https URL, and removes slashes at its end. Credentials are refused and never shown. */
export const httpUrl: FlagReader<string> = (text) => {
  const expected = 'an http or https URL such as http://127.0.0.1:9091';
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) throw unexpected(expected, withoutCredentials(text));
  const { username, password, search, hash } = url;
  if (`${username}${password}${search}${hash}` === '') return text.replace(/\/+$/, '');
  throw new UserError(`expected ${expected}, without user name, password, query and fragment`);
};

function withoutCredentials(text: string): string {
  return text.replace(/^(.*\/\/)?.*@/, '$1…@');
}

/** Reads the path of a file to write, which is new or a regular file: a device or a pipe would be replaced. `-` is stdout. */
export const outputFile: FlagReader<string> = (text) => {
  const existing = text === '-' ? undefined : statSync(text, { throwIfNoEntry: false });
  if (!existing || existing.isFile()) return text;
  throw unexpected('a new file or a regular file, or - for stdout', text);
};

const TIME = /^(\d{4}-\d{2}-\d{2})(T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2}))?$/;

/** Reads a day, which means its UTC midnight, or a time with its zone. */
export const time: FlagReader<Date> = (text) => {
  const [, day = ''] = TIME.exec(text) ?? [];
  const at = new Date(text);
  if (isDay(day) && !Number.isNaN(at.getTime())) return at;
  throw unexpected('a day such as 2026-03-01 or a time such as 2026-03-01T06:00:00Z', text);
};

/** Reads items that are separated by commas. */
export const commaSeparated: FlagReader<string[]> = (text) => text.split(',').map((item) => item.trim());

/** The platform's actions besides the catalog's: functions send them for the ledger, to read a secret and to enter a member account. */
const PLATFORM_ACTIONS = [...LEDGER_ACTIONS, 'secretsmanager:GetSecretValue', 'sts:AssumeRole'];

/** Every IAM action that a function may send. */
export const SENT_ACTIONS: readonly string[] = [
  ...new Set([
    ...Object.values(COLLECTORS).flatMap(({ actions }): readonly string[] => actions),
    ...PLATFORM_ACTIONS,
  ]),
].sort();

/** Reads an IAM action that a function may send, and suggests one for a typo. */
export const sentAction: FlagReader<string> = (text) => {
  if (SENT_ACTIONS.includes(text)) return text;
  const suggestion = nearest(text, SENT_ACTIONS);
  const expected = suggestion === undefined ? `one of ${SENT_ACTIONS.join(', ')}` : 'an action that is sent';
  const hint = suggestion === undefined ? '' : `; did you mean ${suggestion}?`;
  throw new UserError(`${unexpected(expected, text).message}${hint}`);
};

function unexpected(expected: string, text: string): UserError {
  return new UserError(`expected ${expected}, got ${JSON.stringify(text)}`);
}
