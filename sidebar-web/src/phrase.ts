/** Puts a phrase into the chat, or onto the clipboard. */
import { bridgeHere } from './bridge/here.ts';
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

async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

/** For webviews that know no clipboard of their own, and for pages that are not served by https. */
function copyBySelection(text: string): boolean {
  const field = document.createElement('textarea');
  field.value = text;
  field.readOnly = true;
  field.style.position = 'fixed';
  field.style.opacity = '0';
  document.body.append(field);
  field.select();
  try {
    return document.execCommand('copy');
  } catch {
    return false;
  } finally {
    field.remove();
  }
}
