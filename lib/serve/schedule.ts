import { Cron } from 'croner';

/** The scheduled times of a collector. */
export interface Schedule {
  /** Returns the last scheduled time, at the latest now. */
  lastAt(now: Date): Date;
  /** Returns the first scheduled time after the given one. */
  nextAfter(time: Date): Date;
}

/** Returns a schedule at full hours of each day in a time zone, as the stack's schedules. */
export function dailySchedule(hours: readonly number[], timezone: string): Schedule {
  const cron = new Cron(`0 ${[...new Set(hours)].join(',')} * * *`, { timezone });
  return {
    // A time that is exactly the scheduled one does not count as previous.
    lastAt: (now) => existing(cron.previousRuns(1, new Date(now.getTime() + 1))[0]),
    nextAfter: (time) => existing(cron.nextRun(time)),
  };
}

/** Returns the time. A schedule with an hour of each day always has one before and after any time. */
function existing(time: Date | null | undefined): Date {
  if (time) return time;
  throw new Error('schedule: expected a scheduled time, got none');
}
