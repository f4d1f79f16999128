import { asked } from './asked';

/** Entry of a process with a time zone of its own: the instants of its arguments, and what is asked for then, on stdout. */
async function main(instants: readonly string[]): Promise<void> {
  const answers = await Promise.all(instants.map((instant) => asked(new Date(instant))));
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  process.stdout.write(JSON.stringify({ timeZone, answers }));
}

void main(process.argv.slice(2));
