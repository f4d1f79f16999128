import { requestedIntervals } from './requested-intervals';

/** Prints the intervals that are requested at the instants of its arguments; it runs in a process with its own time zone. */
async function main(instants: readonly string[]): Promise<void> {
  const answers = await Promise.all(instants.map((instant) => requestedIntervals(new Date(instant))));
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  process.stdout.write(JSON.stringify({ timeZone, answers }));
}

void main(process.argv.slice(2));
