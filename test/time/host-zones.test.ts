import { execFileSync } from 'node:child_process';
import * as path from 'node:path';
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

let file: string;
beforeAll(async () => {
  ({ file } = await bundle('asked-elsewhere', {
    ...OURS,
    entryPoints: [path.join(__dirname, 'asked-elsewhere.ts')],
  }));
});

test.each(ZONES)(
  'a host in %s asks for the same days at every hour of the days on which clocks change',
  async (zone) => {
    const instants = DAYS.flatMap(hoursAround);
    const expected = await Promise.all(instants.map((instant) => asked(new Date(instant))));
    expect(askedIn(zone, instants)).toEqual({ timeZone: zone, answers: expected });
  },
);

/** In a process of its own: Node.js reads TZ once. */
function askedIn(zone: string, instants: readonly string[]): { timeZone: string; answers: Asked[] } {
  return JSON.parse(
    execFileSync(process.execPath, [file, ...instants], { env: { TZ: zone }, encoding: 'utf8' }),
  );
}

/** 00:05, 01:05, … from the day before to the day after, in UTC. */
function hoursAround(day: string): string[] {
  const first = Date.parse(`${day}T00:05:00Z`) - 24 * HOUR_MS;
  return Array.from({ length: 72 }, (_, hour) => new Date(first + hour * HOUR_MS).toISOString());
}

const HOUR_MS = 3_600_000;
