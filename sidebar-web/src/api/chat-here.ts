/** The chat or the contact that the page stands beside. */
import { place } from '../router.ts';
import type { Asked } from './ask.ts';
import type { ChatKey } from './crm.ts';

/** Null when the page stands beside none. What the address says is a question, no proof: the server decides what is shown. */
export async function chatHere(): Promise<Asked<ChatKey | null>> {
  const platform = place.value.query.get('platform');
  const externalId = place.value.query.get('chat');
  return { ok: true, value: platform && externalId ? { platform, externalId } : null };
}
