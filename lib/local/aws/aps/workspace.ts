import { AwsFailure } from '../failure';
import { checkSeries, REQUEST_BYTES } from './limits';
import { decodeWriteRequest, type WrittenSample, type WrittenSeries } from './write-request';

interface WorkspaceOptions {
  /** The id in the workspace's ARN and URL. */
  readonly id: string;
  /** The current time of the workspace. @default this machine's */
  readonly now?: () => Date;
  /** Receives the accepted requests also: the URL of a Prometheus that accepts remote write. @default none */
  readonly prometheusUrl?: string;
}

/** A workspace of Amazon Managed Service for Prometheus. */
export interface SimulatedWorkspace {
  readonly id: string;
  /** The accepted samples of each series in the order of their times, by the JSON of its labels. */
  readonly samples: ReadonlyMap<string, readonly WrittenSample[]>;
  /** Accepts all samples of a request or none. Throws an AwsFailure if one of them is beyond a limit. */
  accept(body: Buffer): void;
  /** Resolves when Prometheus has received every accepted request; rejects if it refused one. */
  forwarded(): Promise<void>;
}

/** Returns a workspace without samples. */
export function simulatedWorkspace({
  id,
  now = () => new Date(),
  prometheusUrl,
}: WorkspaceOptions): SimulatedWorkspace {
  const samples = new Map<string, WrittenSample[]>();
  let forwarding: Promise<unknown> = Promise.resolve();
  return {
    id,
    samples,
    accept(body) {
      if (body.length > REQUEST_BYTES)
        throw new AwsFailure('RequestEntityTooLargeException', 'Request Entity Too Large', 413);
      const series = decoded(body);
      for (const one of series) checkSeries(one, samples.get(idOf(one)) ?? [], now());
      for (const one of series) samples.set(idOf(one), merged(samples.get(idOf(one)), one));
      if (prometheusUrl === undefined) return;
      const before = forwarding;
      forwarding = before.then(() => forward(body, prometheusUrl));
      forwarding.catch(() => {}); // `forwarded` rejects for the same reason.
    },
    forwarded: async () => void (await forwarding),
  };
}

function decoded(body: Buffer): WrittenSeries[] {
  try {
    return decodeWriteRequest(body);
  } catch (error) {
    throw new AwsFailure('BadRequest', `expected a remote-write request, got: ${(error as Error).message}`);
  }
}

function idOf({ labels }: WrittenSeries): string {
  return JSON.stringify(Object.fromEntries(labels));
}

/** Adds samples in the order of their times. A sample that is there already stays once. */
function merged(stored: readonly WrittenSample[] = [], { samples }: WrittenSeries): WrittenSample[] {
  const byTime = new Map([...stored, ...samples].map((sample) => [sample.timestamp, sample]));
  return [...byTime.values()].sort((a, b) => a.timestamp - b.timestamp);
}

async function forward(body: Buffer, url: string): Promise<void> {
  const headers = {
    'content-encoding': 'snappy',
    'content-type': 'application/x-protobuf',
    'x-prometheus-remote-write-version': '0.1.0',
  };
  const answer = await fetch(`${url}/api/v1/write`, { method: 'POST', headers, body: new Uint8Array(body) });
  if (!answer.ok)
    throw new Error(`expected Prometheus to accept a request, got ${answer.status}: ${await answer.text()}`);
}
