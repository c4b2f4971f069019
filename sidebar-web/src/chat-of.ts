/** Whether words can be put into the chat beside the page, and whether that is this customer's: nobody's offer goes to somebody else. */
import { chatHere } from './api/chat-here.ts';
import { crm } from './api/crm.ts';
import { bridgeHere } from './bridge/here.ts';

export async function isChatOf(customerId: string): Promise<boolean> {
  const here = await chatHere();
  if (!here.ok || here.value === null || !(await bridgeHere()).canSend()) return false;
  const chat = await crm.chat(here.value);
  return chat.ok && chat.value.state === 'known' && chat.value.customerId === customerId;
}

/** As the person's own words; most clients ask them once more. */
export async function putIntoChat(text: string): Promise<boolean> {
  return (await (await bridgeHere()).sendToChat(text)).ok;
}
