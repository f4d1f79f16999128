import { exposition } from '../metrics/exposition';
import { toRegistry } from '../metrics/registry';
import type { Sink } from './sink';

/** Writes the exposition text of every group instead of pushing it. */
export function textSink(write: (text: string) => void): Sink {
  return {
    async put(group) {
      const text = [...(await exposition(await toRegistry(group)))].join('');
      write(`# group ${name(group)}\n${text}`);
    },
    async delete() {}, // Nothing was stored.
  };
}

function name({ job, groupingKey }: { job: string; groupingKey: Readonly<Record<string, string>> }): string {
  return JSON.stringify({ job, ...groupingKey });
}
