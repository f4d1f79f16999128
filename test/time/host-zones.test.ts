import { execFile } from 'node:child_process';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { bundle, OURS } from '../bench/bundles';
import { type Asked, asked } from './asked';

/** UTC+14 and UTC−8, half hours, and zones that change their clocks in spring, in autumn and by half an hour. */
const ZONES = [
  'UTC',
  'Pacific/Kiritimati',
  'America/Los_Angeles',
  'Australia/Adelaide',
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'America/St_Johns',
];

const HOUR_MS = 3_600_000;

/** Days on which somewhere clocks change, months or years end, or a leap day is. */
const DAYS = [
  '2026-03-08',
  '2026-03-29',
  '2026-04-05',
  '2026-10-04',
  '2026-10-25',
  '2026-11-01',
  '2028-02-29',
  '2026-12-31',
];

const INSTANTS = DAYS.flatMap(hoursAround);

let answers: Readonly<Record<string, Elsewhere>>;
beforeAll(async () => {
  const entryPoints = [path.join(__dirname, 'asked-elsewhere.ts')];
  const { file } = await bundle('asked-elsewhere', { ...OURS, entryPoints });
  const entries = ZONES.map(async (zone) => [zone, await askedIn(zone, file)]);
  answers = Object.fromEntries(await Promise.all(entries));
});

test('a host in UTC asks for what this one does', async () => {
  const expected = await Promise.all(INSTANTS.map((instant) => asked(new Date(instant))));
  expect(answers.UTC).toEqual({ timeZone: 'UTC', answers: expected });
});

test.each(ZONES)(
  'a host in %s asks for the same days at every hour of the days on which clocks change',
  (zone) => {
    expect(answers[zone]).toEqual({ ...answers.UTC, timeZone: zone });
  },
);

interface Elsewhere {
  readonly timeZone: string;
  readonly answers: readonly Asked[];
}

/** In a process of its own: Node.js reads TZ once. */
async function askedIn(zone: string, file: string): Promise<Elsewhere> {
  const { stdout } = await promisify(execFile)(process.execPath, [file, ...INSTANTS], {
    env: { TZ: zone },
    maxBuffer: 64 * 1024 * 1024,
  });
  return JSON.parse(stdout);
}

/** 00:05, 01:05, … from the day before to the day after, in UTC. */
function hoursAround(day: string): string[] {
  const first = Date.parse(`${day}T00:05:00Z`) - 24 * HOUR_MS;
  return Array.from({ length: 72 }, (_, hour) => new Date(first + hour * HOUR_MS).toISOString());
}
