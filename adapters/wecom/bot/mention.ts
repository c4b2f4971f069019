/** Takes the bot's own @ out of what was said in a group. */

/** How the bot is called where nobody has renamed it. */
const usualName = '聊单';

const mention = /(^|[\s\u2005])@([^\s\u2005@]+)/gu;

/**
 * The platform gives the words as they are shown and never says how the bot is called. In a group it is heard only when
 * it is mentioned, so a single mention is its own; of several, the one by its usual name, else the first.
 */
export function withoutOwnMention(text: string): string {
  const found = [...text.matchAll(mention)];
  const own = found.find(([, , name]) => name?.startsWith(usualName)) ?? found[0];
  if (!own) return text.trim();
  const [whole, before = '', name = ''] = own;
  // Somebody deleted the blank after the mention: 「@聊单帮我报价」.
  const length = ownLength(name);
  const after = text.slice(own.index + whole.length - name.length + length);
  return `${text.slice(0, own.index)}${before}${after.replace(/^[\s\u2005]/u, '')}`.trim();
}

function ownLength(name: string): number {
  if (!name.startsWith(usualName)) return name.length;
  return /^聊单(助手|机器人|小助手)?/.exec(name)?.[0]?.length ?? name.length;
}
