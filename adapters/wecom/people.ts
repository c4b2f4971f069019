/** People of this platform in the words of the core. */
import type { PersonRef } from '../../src/channel/event.ts';

export function member(id: string, corpId: string): PersonRef {
  return { id, tenant: corpId, internal: true };
}

/** Somebody of whom the platform says nothing but that they are not ours. */
export function outsider(id: string): PersonRef {
  return { id, tenant: null, internal: false };
}
