/** Words to the bot that it has not answered yet: the platform lets a person have three of them at a time. */
import type { Target } from './chat.ts';

export interface Questions {
  /** Words came in and are stored. A second delivery of known words opens nothing. */
  open(target: Target, messageId: string, reqId: string): void;
  /** The request id of the oldest unanswered words of this conversation, which from now on count as answered. */
  take(target: Target): string | null;
  has(target: Target): boolean;
  /** The request ids of an ended connection are of no use. */
  clear(): void;
}

interface Question {
  readonly messageId: string;
  readonly reqId: string;
  readonly timer: NodeJS.Timeout;
}

const mostRemembered = 2_000;

/** `unanswered` is called for words that nothing has answered for `afterMs`; they count as answered then. */
export function createQuestions(
  afterMs: number,
  unanswered: (target: Target, messageId: string, reqId: string) => void,
): Questions {
  const open = new Map<string, Question[]>();
  const known = new Set<string>();
  const keyOf = ({ chatId, single }: Target): string => `${single ? 'single' : 'group'} ${chatId}`;

  function remove(key: string, messageId: string): void {
    const left = (open.get(key) ?? []).filter((question) => question.messageId !== messageId);
    if (left.length > 0) open.set(key, left);
    else open.delete(key);
  }

  return {
    open(target, messageId, reqId) {
      if (known.has(messageId)) return;
      known.add(messageId);
      if (known.size > mostRemembered)
        for (const oldest of [...known].slice(0, mostRemembered / 2)) known.delete(oldest);
      const key = keyOf(target);
      const timer = setTimeout(() => {
        remove(key, messageId);
        unanswered(target, messageId, reqId);
      }, afterMs);
      open.set(key, [...(open.get(key) ?? []), { messageId, reqId, timer }]);
    },
    take(target) {
      const key = keyOf(target);
      const first = open.get(key)?.[0];
      if (!first) return null;
      clearTimeout(first.timer);
      remove(key, first.messageId);
      return first.reqId;
    },
    has: (target) => open.has(keyOf(target)),
    clear() {
      for (const { timer } of [...open.values()].flat()) clearTimeout(timer);
      open.clear();
    },
  };
}
