/** The message action: a person picks messages in the client and our page opens beside the chat with two one-time codes. */
import type { Core } from './core.ts';
import type { SignIn } from './oauth-api.ts';
import { type OpenedAction, type SourceDetail, webviewScript } from './webview.ts';
import type { Person } from './world.ts';

export interface MessageAction {
  messageAction(person: Person | string, messageIds: readonly string[]): OpenedAction;
  /** Null when no such trigger was given out. */
  sourceDetail(triggerCode: string): SourceDetail | null;
  /** A script that makes a browser page believe it was opened by this action (`window.h5sdk`, `window.tt`). */
  webviewScript(opened: OpenedAction): string;
}

const READABLE = new Set(['text', 'image', 'post', 'media', 'file', 'interactive']);
const MAX_MESSAGES = 20;

export function createMessageAction(core: Core, signIn: SignIn): MessageAction {
  const { world, random, clock } = core;
  const triggers = new Map<string, SourceDetail>();

  function detail(messageIds: readonly string[]): SourceDetail {
    const messages = messageIds.slice(0, MAX_MESSAGES).map((id) => {
      const message = world.message(id);
      const support = READABLE.has(message.type);
      const { openId } = message.sender;
      return {
        messageType: support ? message.type : 'unsupport',
        sender: { name: world.people.get(openId)?.name ?? world.bot.name, open_id: openId },
        createTime: Math.floor(message.createdAt / 1000),
        support,
        content: support ? message.content : '[不支持的消息]',
        status: message.deleted ? 1 : 0,
        openChatId: message.chatId,
        openMessageId: message.messageId,
      };
    });
    return { bizType: 'message', content: { actionTime: Math.floor(clock.now() / 1000), messages } };
  }

  return {
    messageAction(person, messageIds) {
      const { openId, name } = world.person(person);
      for (const id of messageIds) {
        const chat = world.chat(world.message(id).chatId);
        if (!chat.memberIds.has(openId)) throw new Error(`${name} cannot pick messages of ${chat.name}`);
      }
      const triggerCode = `c-${random.hex(40)}`;
      triggers.set(triggerCode, detail(messageIds));
      const launch = encodeURIComponent(JSON.stringify({ __trigger_id__: triggerCode }));
      return { code: signIn.codeFor(person), triggerCode, query: `from=message_action&bdp_launch_query=${launch}` };
    },
    sourceDetail: (triggerCode) => triggers.get(triggerCode) ?? null,
    webviewScript(opened) {
      const known = triggers.get(opened.triggerCode);
      if (!known) throw new Error('no such action was opened');
      return webviewScript({ appId: core.options.appId, opened, detail: known, ticket: signIn.ticket });
    },
  };
}
