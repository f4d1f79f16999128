import { toRegistry } from '../metrics/registry';
import type { Sink } from './sink';

/** Writes the exposition text of every group instead of pushing it: a look at what would be pushed. */
export function textSink(write: (text: string) => void): Sink {
  return {
    async put(group) {
      write(`# group ${name(group)}\n${await toRegistry(group).metrics()}`);
    },
    async delete() {}, // a text holds nothing to delete
  };
}

function name({ job, groupingKey }: { job: string; groupingKey: Readonly<Record<string, string>> }): string {
  return JSON.stringify({ job, ...groupingKey });
}
