import { keepRunning } from '../../lib/serve/keep-running';
import { dailySchedule } from '../../lib/serve/schedule';
import { virtualTime } from '../support/virtual-time';

const HOUR = 3_600_000;

interface Simulation {
  /** Returns true for a run that is complete. */
  readonly attempt: (time: Date, at: Date) => boolean;
  /** @default one minute */
  readonly runMs?: number;
  /** @default two for each scheduled time */
  readonly isOpen?: (time: string, attempts: number) => boolean;
  readonly hours: number;
}

/** Runs for some hours from 06:00 on 1 March 2026, and returns each attempt as `begin for scheduled time`. */
async function simulated({ attempt, runMs = 60_000, isOpen, hours }: Simulation): Promise<string[]> {
  const timing = virtualTime();
  const stop = new AbortController();
  const end = timing.now() + hours * HOUR;
  const begun: string[] = [];
  const done = new Set<string>();
  const attempts = (time: string) => begun.filter((one) => one.endsWith(time)).length;
  const open = isOpen ?? ((time, count) => !done.has(time) && count < 2);
  await keepRunning({
    schedule: dailySchedule([6, 18], 'Etc/UTC'),
    timing: {
      now: timing.now,
      sleep: async (ms, signal) => {
        await timing.sleep(ms, signal);
        if (timing.now() >= end) stop.abort();
      },
    },
    stop: stop.signal,
    isOpen: (time) => open(text(time), attempts(text(time))),
    attempt: async (time) => {
      const at = new Date(timing.now());
      begun.push(`${text(at)} for ${text(time)}`);
      await timing.sleep(runMs, new AbortController().signal);
      if (timing.now() >= end) stop.abort();
      const isComplete = attempt(time, at);
      if (isComplete) done.add(text(time));
      return isComplete;
    },
  });
  return begun;
}

const text = (time: Date) => time.toISOString().slice(5, 16);

test('a complete run is followed by the one of the next scheduled time', async () => {
  expect(await simulated({ attempt: () => true, hours: 30 })).toEqual([
    '03-01T06:00 for 03-01T06:00',
    '03-01T18:00 for 03-01T18:00',
    '03-02T06:00 for 03-02T06:00',
  ]);
});

test('an incomplete run is attempted again after a minute, as often as the record allows', async () => {
  expect(await simulated({ attempt: () => false, hours: 13 })).toEqual([
    '03-01T06:00 for 03-01T06:00',
    '03-01T06:02 for 03-01T06:00',
    '03-01T18:00 for 03-01T18:00',
    '03-01T18:02 for 03-01T18:00',
  ]);
});

test('a run that is complete already is not attempted', async () => {
  const isOpen = (time: string, attempts: number) => time !== '03-01T06:00' && attempts < 1;
  expect(await simulated({ attempt: () => true, isOpen, hours: 13 })).toEqual([
    '03-01T18:00 for 03-01T18:00',
  ]);
});

test('a run that takes longer than the time to the next one does not overlap it', async () => {
  expect(await simulated({ attempt: () => true, runMs: 13 * HOUR, hours: 27 })).toEqual([
    '03-01T06:00 for 03-01T06:00',
    '03-01T19:00 for 03-01T18:00',
    '03-02T08:00 for 03-02T06:00',
  ]);
});

test('a failing run gives way to the next scheduled time', async () => {
  const isOpen = () => true;
  const begun = await simulated({ attempt: () => false, isOpen, runMs: 6 * HOUR, hours: 20 });
  expect(begun.map((one) => one.split(' for ')[1])).toEqual([
    '03-01T06:00',
    '03-01T06:00',
    '03-01T18:00',
    '03-01T18:00',
  ]);
});
