/** Whether set-up is open, and for whom: until it is finished, for one browser that said the one-time code. */

import { HOUR_MS } from '../crm/calendar/spans.ts';
import { SET_UP, spareGreetings } from '../crm/staff/greet.ts';
import type { Tx } from '../crm/tx.ts';
import { newToken, sessionId } from '../http/sessions/token.ts';
import { type CodeHash, hashCode, isCode, newCode } from './code.ts';
import { putSetting } from './stored.ts';

const GATE = 'setup.code';
const CODE_LIFE_MS = 24 * HOUR_MS;
const IDLE_MS = 2 * HOUR_MS;
/** Not every look at the page writes a row. */
const SEEN_EVERY_MS = 60_000;

/** The row behind the door, as JSON; a new code takes the place of the old one and of whoever came in by it. */
interface Gate extends CodeHash {
  readonly expiresAt: number;
  readonly session: { readonly id: string; readonly seenAt: number } | null;
}

/** A transaction of the company, or a look at its rows. */
export type Work = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;

export type Entering =
  | { readonly ok: true; readonly token: string }
  | { readonly ok: false; readonly reason: 'wrong_code' | 'code_used' | 'code_expired' };

/**
 * A new code for a start: null when set-up is finished. An installation that worked before there was a set-up page is
 * finished from the beginning.
 */
export async function beginSetup(transact: Work): Promise<string | null> {
  const code = newCode();
  const hash = await hashCode(code);
  return transact(async (tx) => {
    if (await tx.setting.get(SET_UP)) return null;
    if (!(await tx.setting.get(GATE)) && (await isAtWork(tx))) {
      await putSetting(tx, SET_UP, JSON.stringify({ at: tx.now, because: 'at_work' }));
      await spareGreetings(tx);
      return null;
    }
    await putGate(tx, { ...hash, expiresAt: tx.now + CODE_LIFE_MS, session: null });
    return code;
  });
}

/** For whoever runs the server: a new code, also when set-up was finished long ago. */
export async function reopenSetup(transact: Work): Promise<string> {
  const code = newCode();
  const hash = await hashCode(code);
  await transact(async (tx) => {
    await tx.setting.remove({ id: SET_UP });
    await putGate(tx, { ...hash, expiresAt: tx.now + CODE_LIFE_MS, session: null });
  });
  return code;
}

export async function isOpen(tx: Tx): Promise<boolean> {
  return (await tx.setting.get(SET_UP)) === null && (await tx.setting.get(GATE)) !== null;
}

export async function enterSetup(look: Work, transact: Work, code: string): Promise<Entering> {
  const before = await look(readGate);
  if (before === null || !(await isCode(code, before))) return { ok: false, reason: 'wrong_code' };
  const token = newToken();
  return transact(async (tx) => {
    await tx.setting.hold(GATE);
    const gate = await readGate(tx);
    if (gate === null || gate.hash !== before.hash) return { ok: false, reason: 'wrong_code' };
    if (gate.session !== null) return { ok: false, reason: 'code_used' };
    if (gate.expiresAt <= tx.now) return { ok: false, reason: 'code_expired' };
    await putGate(tx, { ...gate, session: { id: sessionId(token), seenAt: tx.now } });
    return { ok: true, token };
  });
}

/** True when this token is the one that came in, and was used within two hours. */
export async function isInside(look: Work, transact: Work, token: string): Promise<boolean> {
  const { gate, now } = await look(async (tx) => ({ gate: await readGate(tx), now: tx.now }));
  const session = gate?.session;
  if (!session || session.id !== sessionId(token) || now - session.seenAt > IDLE_MS) return false;
  if (now - session.seenAt > SEEN_EVERY_MS) {
    await transact(async (tx) => {
      await tx.setting.hold(GATE);
      const current = await readGate(tx);
      if (current?.session?.id !== session.id) return;
      await putGate(tx, { ...current, session: { ...session, seenAt: tx.now } });
    });
  }
  return true;
}

export async function finishSetup(tx: Tx): Promise<void> {
  await putSetting(tx, SET_UP, JSON.stringify({ at: tx.now, because: 'finished' }));
  await tx.setting.remove({ id: GATE });
}

async function isAtWork(tx: Tx): Promise<boolean> {
  return (await tx.customer.find({})) !== null || (await tx.opportunity.find({})) !== null;
}

async function readGate(tx: Tx): Promise<Gate | null> {
  const row = await tx.setting.get(GATE);
  return row && (JSON.parse(row.value) as Gate);
}

const putGate = (tx: Tx, gate: Gate): Promise<void> => putSetting(tx, GATE, JSON.stringify(gate));
