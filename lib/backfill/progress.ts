import { Presets, SingleBar } from 'cli-progress';

/** Reports how far a backfill is. */
export interface Progress {
  /** Begins a stage of a known number of steps. */
  begin(stage: string, steps: number): Stage;
}

/** A stage of a backfill. */
interface Stage {
  step(): void;
  end(): void;
}

/** Returns a progress bar on a terminal, and a line every ten seconds elsewhere. */
export function progressOn(stream: NodeJS.WriteStream): Progress {
  return stream.isTTY ? bars(stream) : lines((line) => void stream.write(`${line}\n`));
}

function bars(stream: NodeJS.WriteStream): Progress {
  return {
    begin(stage, steps) {
      const format = `${stage} {bar} {value}/{total} ETA {eta}s`;
      const bar = new SingleBar({ format, stream, hideCursor: true }, Presets.shades_classic);
      bar.start(steps, 0);
      return { step: () => bar.increment(), end: () => bar.stop() };
    },
  };
}

const INTERVAL_MS = 10_000;

/** Returns progress in lines: the end of each stage, and what is done every ten seconds. */
export function lines(print: (line: string) => void, now: () => number = Date.now): Progress {
  return {
    begin(stage, steps) {
      let done = 0;
      let last = now();
      return {
        step() {
          done += 1;
          if (now() - last < INTERVAL_MS) return;
          last = now();
          print(`… ${stage}: ${done} of ${steps}`);
        },
        end: () => print(`${stage}: ${done} of ${steps}`),
      };
    },
  };
}
