/** When a deal's card was at its platform, seen on the wire: calls that send or change a card carry the deal's name. */

import { CODE } from './room.ts';
import type { Scene } from './scene.ts';

export interface Effects {
  /** `performance.now()` of the first call that carried this deal. */
  at(code: string): number | undefined;
  /** Resolves when all of them were seen, or the time is over. */
  until(codes: Iterable<string>, patienceMs: number): Promise<void>;
  close(): void;
}

const LOOK_MS = 20;

export function watchEffects({ emulators: { feishu, wecom, dingtalk } }: Scene): Effects {
  const seen = new Map<string, number>();
  const watch = ({
    journal,
  }: {
    readonly journal: (typeof feishu)['journal'] | (typeof wecom)['journal'] | (typeof dingtalk)['journal'];
  }) => {
    let last: unknown;
    return journal.subscribe(() => {
      const entry = journal.entries.at(-1);
      if (entry === last) return;
      last = entry;
      if (entry?.kind !== 'api' || entry.status !== 200 || (entry.code ?? 0) !== 0 || entry.method === 'GET') return;
      for (const [code] of JSON.stringify(entry.body).matchAll(CODE))
        if (!seen.has(code)) seen.set(code, performance.now());
    });
  };
  const ends = [watch(feishu), watch(wecom), watch(dingtalk)];
  return {
    at: (code) => seen.get(code),
    async until(codes, patienceMs) {
      const missing = new Set(codes);
      const until = performance.now() + patienceMs;
      for (;;) {
        for (const code of missing) if (seen.has(code)) missing.delete(code);
        if (missing.size === 0 || performance.now() > until) return;
        await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
      }
    },
    close() {
      for (const end of ends) end();
    },
  };
}
