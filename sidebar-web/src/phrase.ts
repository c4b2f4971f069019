/** Puts a phrase into the chat, or onto the clipboard. */
import { bridgeHere } from './bridge/here.ts';
import { copy } from './copy.ts';
import { place } from './router.ts';

/** Whether the chat beside the page is this customer's, and the client puts words into it. */
export async function canPutIntoChat(): Promise<boolean> {
  if (place.value.page !== 'customer') return false;
  const bridge = await bridgeHere().catch(() => null);
  return bridge?.canSend() ?? false;
}

/** `copied` where the client cannot put it into the chat, or would not; `failed`: neither worked. */
export async function handPhrase(text: string): Promise<'sent' | 'copied' | 'failed'> {
  if (await canPutIntoChat()) {
    const sent = await (await bridgeHere()).sendToChat(text);
    if (sent.ok) return 'sent';
  }
  return (await copy(text)) ? 'copied' : 'failed';
}
