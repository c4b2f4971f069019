/** The messages of Feishu's message action, as its client tells them, in the page's words. */
import { words } from '../words.ts';
import type { PickedMessage } from './bridge.ts';
import { textOf } from './feishu-content.ts';

/** The answer of `tt.getBlockActionSourceDetail`. */
export interface SourceDetail {
  readonly content?: {
    readonly messages?: readonly {
      readonly messageType?: string;
      readonly sender?: { readonly name?: string };
      /** Seconds. */
      readonly createTime?: number;
      readonly support?: boolean;
      readonly content?: string;
      readonly openMessageId?: string;
      readonly openChatId?: string;
    }[];
  };
}

type SourceMessage = NonNullable<NonNullable<SourceDetail['content']>['messages']>[number];

export function pickedMessage({ openMessageId, ...message }: SourceMessage): PickedMessage[] {
  if (!openMessageId) return [];
  const readable = message.support !== false;
  return [
    {
      id: openMessageId,
      sender: message.sender?.name || words.someone,
      sentAt: message.createTime ? message.createTime * 1000 : null,
      text: readable ? textOf(message.messageType ?? '', message.content ?? '') : words.unreadable,
      readable,
    },
  ];
}
