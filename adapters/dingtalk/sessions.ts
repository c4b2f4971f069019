/** Remembers the session webhooks that come with robot messages: answering there costs no metered API call. */

export interface SessionNote {
  readonly chatId: string;
  readonly kind: 'group' | 'direct';
  /** Who wrote; in a private chat the webhook reaches this person. */
  readonly staffId: string | null;
  readonly webhook: string;
  /** `sessionWebhookExpiredTime`, ms: 90 minutes after the message (dingtalk.md §3.1). */
  readonly expiresAt: number;
}

export interface Sessions {
  /** Keeps the webhook of a message. One that does not begin with our own oapi base is not kept. */
  note(note: SessionNote): void;
  /** A webhook that is still alive, or null. */
  forChat(chatId: string): string | null;
  /** The one into the person's private chat with the robot. */
  forPerson(staffId: string): string | null;
  /** The platform says that this webhook is over. */
  drop(webhook: string): void;
}

interface Session {
  readonly webhook: string;
  readonly expiresAt: number;
}

/** An answer takes a moment to get there. */
const marginMs = 60_000;
const mostSessions = 5_000;

/**
 * In memory only: a webhook lives for 90 minutes, and without one the API still sends. The address comes with a
 * verified message, but we post to it, so it must be below `oapiBase`: nothing else can make us talk to a stranger.
 */
export function createSessions(now: () => number, oapiBase: string): Sessions {
  const chats = new Map<string, Session>();
  const people = new Map<string, Session>();
  const base = new URL(`${oapiBase}/`);

  function keep(book: Map<string, Session>, id: string, session: Session): void {
    if ((book.get(id)?.expiresAt ?? 0) > session.expiresAt) return;
    book.delete(id);
    book.set(id, session);
    if (book.size <= mostSessions) return;
    for (const [known, { expiresAt }] of book) if (expiresAt <= now()) book.delete(known);
    const [oldest] = book.keys();
    if (book.size > mostSessions && oldest !== undefined) book.delete(oldest);
  }

  function alive(book: ReadonlyMap<string, Session>, id: string): string | null {
    const session = book.get(id);
    return session && session.expiresAt - marginMs > now() ? session.webhook : null;
  }

  return {
    note({ chatId, kind, staffId, webhook, expiresAt }) {
      if (!isBelow(base, webhook)) return;
      keep(chats, chatId, { webhook, expiresAt });
      if (kind === 'direct' && staffId !== null) keep(people, staffId, { webhook, expiresAt });
    },
    forChat: (chatId) => alive(chats, chatId),
    forPerson: (staffId) => alive(people, staffId),
    drop(webhook) {
      for (const book of [chats, people]) {
        for (const [id, session] of book) if (session.webhook === webhook) book.delete(id);
      }
    },
  };
}

/** `URL` resolves `..`, so a path cannot climb out of the base. */
function isBelow(base: URL, address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { origin, pathname, username, password } = new URL(address);
  return origin === base.origin && pathname.startsWith(base.pathname) && username === '' && password === '';
}
