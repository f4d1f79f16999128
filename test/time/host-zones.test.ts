import { execFile } from 'node:child_process';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { bundle, deployedOptions, EVERY_FEATURE } from '../bench/bundles';
import { type RequestedIntervals, requestedIntervals } from './requested-intervals';

/** UTC+14 and UTC−8, zones with half hours, and zones that change their clocks in spring, in autumn and by half an hour. */
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

/** Days on which clocks change somewhere or a year ends, and a leap day. */
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

let answers: Readonly<Record<string, ZoneIntervals>>;
beforeAll(async () => {
  const entryPoints = [path.join(__dirname, 'intervals-process.ts')];
  const { file } = await bundle('intervals-process', { ...deployedOptions(EVERY_FEATURE), entryPoints });
  const entries = ZONES.map(async (zone) => [zone, await intervalsIn(zone, file)]);
  answers = Object.fromEntries(await Promise.all(entries));
});

test('a host in UTC requests the same intervals as this host', async () => {
  const expected = await Promise.all(INSTANTS.map((instant) => requestedIntervals(new Date(instant))));
  expect(answers.UTC).toEqual({ timeZone: 'UTC', answers: expected });
});

test.each(ZONES)(
  'a host in %s requests the same days as a host in UTC, at every hour of days on which clocks change',
  (zone) => {
    expect(answers[zone]).toEqual({ ...answers.UTC, timeZone: zone });
  },
);

interface ZoneIntervals {
  readonly timeZone: string;
  readonly answers: readonly RequestedIntervals[];
}

/** Runs a process for the time zone, because Node.js reads TZ only once. */
async function intervalsIn(zone: string, file: string): Promise<ZoneIntervals> {
  const { stdout } = await promisify(execFile)(process.execPath, [file, ...INSTANTS], {
    env: { TZ: zone },
    maxBuffer: 64 * 1024 * 1024,
  });
  return JSON.parse(stdout);
}

/** Returns 00:05, 01:05, … in UTC, from the day before to the day after. */
function hoursAround(day: string): string[] {
  const first = Date.parse(`${day}T00:05:00Z`) - 24 * HOUR_MS;
  return Array.from({ length: 72 }, (_, hour) => new Date(first + hour * HOUR_MS).toISOString());
}
