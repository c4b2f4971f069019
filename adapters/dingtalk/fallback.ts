/** A card as a message: what goes out where DingTalk will not make cards for us. */
import type { Card } from '../../src/channel/card.ts';
import type { PlainButton } from './card-parts.ts';
import { faceOf } from './cards.ts';
import type { LinkDrawer } from './page-address.ts';
import { clip, oneLine } from './text.ts';
import { typedTap } from './typed-taps.ts';

export interface MarkdownMessage {
  /** What the chat list shows. */
  readonly title: string;
  readonly text: string;
}

/** The messageId of a card that went out as words begins so: it can never be updated. */
export const wordsPrefix = 'text:';

/** Every button costs a link and a line; the message takes 15,000 bytes (dingtalk.md §3.3). */
const maxButtons = 12;

/**
 * Links of the kind `dtmd://dingtalkclient/sendMessage` make the person send the words of the tap to us (dingtalk.md
 * §4.6 C). Clients that do not open them leave the person the same words to type.
 */
export function drawAsWords(card: Card, linkOf: LinkDrawer): MarkdownMessage {
  const { title, summary, markdown, tips, buttons } = faceOf(card, linkOf);
  const shown = buttons.slice(0, maxButtons);
  const more = buttons.length - shown.length;
  const links = shown.map((button) => `- [${oneLine(button.label)}](${sayingLink(button)})`).join('\n');
  const words = [
    `### ${title}`,
    markdown,
    tips,
    links,
    shown.length > 0 ? '点了没有反应，就把对应的一行发给我：' : '',
    shown.map((button) => `- ${typedTap(button)}`).join('\n'),
    more > 0 ? `还有 ${more} 个按钮放不下，请到聊单的页面上处理。` : '',
  ];
  return { title: clip(summary || title, 100), text: words.filter((part) => part !== '').join('\n\n') };
}

const sayingLink = (button: PlainButton): string =>
  `dtmd://dingtalkclient/sendMessage?content=${encodeURIComponent(typedTap(button)).replace(/[()]/g, (sign) => (sign === '(' ? '%28' : '%29'))}`;
