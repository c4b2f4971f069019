/** One conversation per account and customer: its state, who serves it, and what may still be sent (wecom-kf.md §4, §5). */
import type { Core } from '../core.ts';
import { HOURS_48, type KfBook } from './book.ts';

/** 0 new · 1 handled by a program · 2 waiting in the pool · 3 with a person · 4 ended or not begun. */
export type SessionState = 0 | 1 | 2 | 3 | 4;

export interface Session {
  readonly openKfId: string;
  readonly externalUserId: string;
  state: SessionState;
  servicer: string | null;
  lastCustomerAt: number | null;
  /** Last sign of life of either side; 48 hours of silence end a session. */
  activeAt: number;
  /** Messages by API since the customer's last words. */
  sentSince: number;
  welcomedAt: number | null;
  enteredAt: number | null;
  readonly context: { scene: string; sceneParam: string };
  /** The customer does not want to hear from the account. */
  rejects: boolean;
  /** Moves that brought a msg_code already. */
  readonly coded: Set<SessionState>;
}

export interface Sessions {
  of(openKfId: string, externalUserId: string): Session;
  /** Null while the customer has never entered or written. */
  find(openKfId: string, externalUserId: string): Session | null;
  all(): Session[];
  /** Moves to a state; a msg_code comes with the first 2, the first 3 and every 4. */
  move(session: Session, state: SessionState, servicer?: string): string | null;
}

/** The documented diagram is a picture; these are the moves it is taken to show. */
export const MOVES: Readonly<Record<SessionState, readonly SessionState[]>> = {
  0: [1, 2, 3, 4],
  1: [2, 3, 4],
  2: [3, 4],
  3: [3, 4],
  4: [],
};

const CODES = { 2: 'pooled', 3: 'served', 4: 'ended' } as const;

export function createSessions({ clock, journal }: Core, book: KfBook): Sessions {
  const sessions = new Map<string, Session>();

  function find(openKfId: string, externalUserId: string): Session | null {
    const session = sessions.get(`${openKfId} ${externalUserId}`);
    if (!session) return null;
    if (session.state !== 4 && clock.now() - session.activeAt > HOURS_48) {
      Object.assign(session, { state: 4, servicer: null });
      session.coded.clear();
    }
    return session;
  }

  return {
    find,
    of(openKfId, externalUserId) {
      const known = find(openKfId, externalUserId);
      if (known) return known;
      const session: Session = {
        openKfId,
        externalUserId,
        state: 4,
        servicer: null,
        lastCustomerAt: null,
        activeAt: clock.now(),
        sentSince: 0,
        welcomedAt: null,
        enteredAt: null,
        context: { scene: '', sceneParam: '' },
        rejects: false,
        coded: new Set(),
      };
      sessions.set(`${openKfId} ${externalUserId}`, session);
      return session;
    },
    all: () => [...sessions.values()],
    move(session, state, servicer) {
      session.state = state;
      session.servicer = state === 3 ? (servicer ?? null) : null;
      session.activeAt = clock.now();
      journal.touch();
      if (state === 0 || state === 1 || (state !== 4 && session.coded.has(state))) return null;
      if (state === 4) session.coded.clear();
      else session.coded.add(state);
      return book.issueCode(CODES[state], session.openKfId, session.externalUserId);
    },
  };
}
