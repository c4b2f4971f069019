/** Message content as people read it: words with names instead of placeholders, cards as JSON. */
import { readCard } from '../../feishu/card-json.ts';
import type { Message } from '../../feishu/index.ts';
import { asObject } from '../../platform/json.ts';
import type { CardJson } from '../view.ts';

export function readCardOf(message: Message): CardJson | null {
  return message.type === 'interactive' ? (readCard(message.content) ?? {}) : null;
}

export function messageText(message: Message): string {
  const content = readCard(message.content);
  if (message.type === 'text') {
    let text = String(content?.text ?? '');
    for (const { key, name } of message.mentions) text = text.replaceAll(key, `@${name}`);
    return text;
  }
  const names: Readonly<Record<string, string>> = { image: '[图片]', file: '[文件]', merge_forward: '[聊天记录]' };
  return names[message.type] ?? `[${String(content?.title ?? '消息')}]`;
}

export function summaryOfCard(card: CardJson): string {
  const summary = asObject(asObject(card.config)?.summary)?.content;
  const title = asObject(asObject(card.header)?.title)?.content;
  return String(summary ?? title ?? '卡片');
}
