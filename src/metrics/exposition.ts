/** The text that Prometheus reads: what this company's app counted, and what the process is doing. */
import { collectDefaultMetrics, Registry } from 'prom-client';
import type { Metrics } from './metrics.ts';
import { createReadings, type ReadingSources } from './readings.ts';

export interface Exposition {
  readonly contentType: string;
  readonly body: string;
}

/**
 * Memory, processor and event loop belong to the process, however often its app is made anew. They are watched from the
 * first scrape on: where nobody scrapes nothing is watched.
 */
let ofProcess: Registry | null = null;

function processRegistry(): Registry {
  if (ofProcess === null) {
    ofProcess = new Registry();
    collectDefaultMetrics({ register: ofProcess });
  }
  return ofProcess;
}

/** Returns what a scrape asks. */
export function createExposition<Session>(
  { registry }: Pick<Metrics, 'registry'>,
  sources: ReadingSources<Session>,
): () => Promise<Exposition> {
  const read = createReadings(registry, sources);
  return async () => {
    await read();
    const parts = await Promise.all([registry.metrics(), processRegistry().metrics()]);
    return { contentType: registry.contentType, body: parts.join('') };
  };
}
