/** Answers colleagues whom the platform does not name: nothing they say can be kept, and only an administrator can mend it. */
import type { DingtalkClient } from './client.ts';
import type { Sessions } from './sessions.ts';

export interface Nameless {
  /** A message of `senderId` in this chat came without a staff id. Never throws; the answer goes out by itself. */
  heard(senderId: string, chatId: string): void;
}

const quietMs = 3_600_000;
const mostRemembered = 1_000;

const words =
  '聊单还不知道你是谁，这句话没有记下来。请管理员到钉钉开放平台，在应用的「版本管理与发布」里发布新版本，并把你加进可用范围；然后请你再发一次。';

/** One answer an hour to each, at the session webhook: it costs no API call, and without a staff id no API reaches them. */
export function createNameless(
  sessions: Pick<Sessions, 'forChat'>,
  client: Pick<DingtalkClient, 'answer'>,
  now: () => number,
): Nameless {
  /** When each was answered last, the oldest first. */
  const answered = new Map<string, number>();

  return {
    heard(senderId, chatId) {
      const last = answered.get(senderId);
      const webhook = sessions.forChat(chatId);
      if (webhook === null || (last !== undefined && now() - last < quietMs)) return;
      answered.delete(senderId);
      answered.set(senderId, now());
      const [oldest] = answered.keys();
      if (answered.size > mostRemembered && oldest !== undefined) answered.delete(oldest);
      // The client has written down why; what they say next is answered instead.
      client.answer(webhook, { msgtype: 'text', text: { content: words } }).catch(() => answered.delete(senderId));
    },
  };
}
