/** The chat or the contact that the page stands beside. */
import { bridgeHere } from '../bridge/here.ts';
import { place } from '../router.ts';
import { type Asked, known } from './ask.ts';
import type { ChatKey } from './crm.ts';
import { refusal } from './session.ts';
import { beSignedIn } from './signed-in.ts';

/**
 * Null when the page stands beside none. What the address or the client says is a question, no proof: the server decides
 * what is shown. Somebody is signed in first: in WeCom the page leaves for that, and the client is asked once it is back.
 */
export async function chatHere(): Promise<Asked<ChatKey | null>> {
  const platform = place.value.query.get('platform');
  const externalId = place.value.query.get('chat');
  const session = await beSignedIn();
  if (!session.ok) return session;
  const bridge = await bridgeHere().catch(() => null);
  if (!bridge) return { ok: false, problem: known('chunk') };
  const open = await bridge.currentChat();
  if (!open.ok) return { ok: false, problem: refusal(open.reason) };
  if (open.value) return { ok: true, value: { platform: bridge.platform, externalId: open.value.externalId } };
  return { ok: true, value: platform && externalId && !externalId.startsWith('$') ? { platform, externalId } : null };
}
