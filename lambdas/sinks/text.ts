import { exposition } from '../metrics/exposition';
import type { Sink } from './sink';

/** Writes the exposition text of every group instead of pushing it. */
export function textSink(write: (text: string) => void): Sink {
  return {
    id: 'stdout',
    groupingLabels: {},
    async check() {}, // The output is always there.
    async put(group) {
      const { chunks } = await exposition(group.registry);
      write(`# group ${name(group)}\n${[...chunks].join('')}`);
    },
    async delete() {}, // Nothing was stored.
    async stored() {
      return undefined;
    },
  };
}

function name({ job, groupingKey }: { job: string; groupingKey: Readonly<Record<string, string>> }): string {
  return JSON.stringify({ job, ...groupingKey });
}
