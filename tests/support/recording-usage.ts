/** A meter that only counts, for adapters that run without the core. */
import type { UsageMeter } from '../../src/channel/channel.ts';

export interface RecordingUsage extends UsageMeter {
  readonly counts: Readonly<Record<string, number>>;
}

export function createRecordingUsage(): RecordingUsage {
  const counts: Record<string, number> = {};
  return {
    counts,
    add(kind, calls = 1) {
      counts[kind] = (counts[kind] ?? 0) + calls;
    },
    used: (kind) => counts[kind] ?? 0,
  };
}
