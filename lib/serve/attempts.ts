import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { retriesOf } from '../price';
import { UserError } from '../user-error';
import { oneAtATime } from './one-at-a-time';
import { replaceFile } from './replace-file';

/** The record of the attempts at the last scheduled run of each collector. */
export interface Attempts {
  /** Reports whether the run may be attempted: it was not complete, and attempts are left. */
  isOpen(collector: string, scheduledTime: Date): boolean;
  /** Records that an attempt begins. */
  begin(collector: string, scheduledTime: Date): Promise<void>;
  /** Records that the run was complete. */
  complete(collector: string, scheduledTime: Date): Promise<void>;
  /** Forgets all other collectors. */
  keep(collectors: ReadonlySet<string>): Promise<void>;
  /** Records that no run was complete, because its groups are lost. The numbers of attempts stay. */
  reopen(): Promise<void>;
}

/**
 * Keeps the attempts in a file, so that a process that crashes and starts again and again pays no more than Lambda and its
 * retries would.
 * @throws UserError if the file holds anything else.
 */
export async function attemptsIn(file: string): Promise<Attempts> {
  let records = await readRecords(file);
  const save = oneAtATime(() => replaceFile(file, JSON.stringify(records)));
  const set = (collector: string, record: Attempted) => {
    records = { ...records, [collector]: record };
    return save();
  };
  const attempted = (collector: string, time: Date) => {
    const record = records[collector];
    return record?.scheduledTime === time.toISOString() ? record : undefined;
  };
  return {
    isOpen(collector, time) {
      const { attempts = 0, isComplete = false } = attempted(collector, time) ?? {};
      return !isComplete && attempts < 1 + retriesOf(collector);
    },
    begin: (collector, time) => set(collector, next(attempted(collector, time), time)),
    complete: (collector, time) =>
      set(collector, { ...last(attempted(collector, time), time), isComplete: true }),
    async keep(collectors) {
      const kept = Object.entries(records).filter(([name]) => collectors.has(name));
      if (kept.length === Object.keys(records).length) return;
      records = Object.fromEntries(kept);
      await save();
    },
    reopen: () => {
      records = Object.fromEntries(
        Object.entries(records).map(([name, record]) => [name, { ...record, isComplete: false }]),
      );
      return save();
    },
  };
}

type Attempted = v.InferOutput<typeof ATTEMPTED>;
type Records = Readonly<Record<string, Attempted>>;

const ATTEMPTED = v.object({
  scheduledTime: v.pipe(v.string(), v.isoTimestamp()),
  attempts: v.number(),
  isComplete: v.boolean(),
});

function last(record: Attempted | undefined, time: Date): Attempted {
  return record ?? { scheduledTime: time.toISOString(), attempts: 0, isComplete: false };
}

function next(record: Attempted | undefined, time: Date): Attempted {
  const { attempts, ...rest } = last(record, time);
  return { ...rest, attempts: attempts + 1 };
}

async function readRecords(file: string): Promise<Records> {
  try {
    return v.parse(v.record(v.string(), ATTEMPTED), JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return {};
    throw new UserError(
      `${file}: expected the attempts of each collector, got: ${message}; delete the file, and every collector runs once`,
    );
  }
}
