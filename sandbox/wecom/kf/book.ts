/** Customer service accounts and what happened on each: rows in order, opaque cursors, bells with tokens, codes for one message. */
import type { Delivery } from '../../platform/deliveries.ts';
import type { JsonObject } from '../../platform/json.ts';
import type { Core } from '../core.ts';
import type { Flaws } from '../misbehaviour.ts';

const DAYS_3 = 3 * 24 * 3600_000;
const TOKEN_MS = 10 * 60_000;
export const HOURS_48 = 48 * 3600_000;

export interface KfStaff {
  /** Takes customers now. */
  receiving: boolean;
  /** When not: 0 stopped, 1 paused. */
  stopType: 0 | 1;
}

export interface KfAccount {
  readonly openKfId: string;
  name: string;
  /** Given to our app under 通过API管理微信客服账号. */
  managed: boolean;
  readonly staff: Map<string, KfStaff>;
}

export interface Row {
  readonly msgid: string;
  readonly at: number;
  /** What `sync_msg` returns. */
  readonly json: JsonObject;
}

/** What a code allows one message for, and how long it lives: wecom-kf.md §5.3. */
export type CodeKind = 'welcome' | 'pooled' | 'served' | 'ended';

export interface Code {
  readonly kind: CodeKind;
  readonly openKfId: string;
  readonly externalUserId: string;
  readonly expiresAt: number;
  used: boolean;
}

export interface Page {
  readonly rows: readonly Row[];
  readonly next: string;
  readonly more: boolean;
}

export interface KfBook {
  readonly accounts: ReadonlyMap<string, KfAccount>;
  addAccount(account: { name: string; staff?: readonly string[]; managed?: boolean }): KfAccount;
  removeAccount(openKfId: string): void;
  account(ref: KfAccount | string): KfAccount;
  /** Adds a row and rings the bell; accounts that are not ours stay silent. */
  append(
    openKfId: string,
    json: JsonObject,
    options?: { at?: number; flaws?: Flaws },
  ): { row: Row; delivery: Delivery | null };
  /** Rings without anything new, as duplicate bells do. */
  ring(openKfId: string, flaws?: Flaws): Delivery;
  read(openKfId: string, cursor: string, limit: number): Page | null;
  /** A token that a bell brought for this account, not older than ten minutes. */
  knowsToken(token: string, openKfId: string): boolean;
  issueCode(kind: CodeKind, openKfId: string, externalUserId: string): string;
  code(code: string): Code | null;
  /** The next pages bring at most so many rows, 0 included, although more are there. */
  shortPages(rows: number, times?: number): void;
}

export function createKfBook(core: Core): KfBook {
  const { clock, random, journal, deliveries, events } = core;
  const accounts = new Map<string, KfAccount>();
  const logs = new Map<string, Row[]>();
  const tokens = new Map<string, { openKfId: string; at: number }>();
  const codes = new Map<string, Code>();
  const shortened: number[] = [];
  const logOf = (openKfId: string): Row[] => {
    const log = logs.get(openKfId) ?? [];
    logs.set(openKfId, log);
    return log;
  };

  function ring(openKfId: string, flaws?: Flaws): Delivery {
    const token = `ENC${random.bytes(36).toString('base64url')}`;
    tokens.set(token, { openKfId, at: clock.now() });
    return deliveries.send(events.kfBell(token, openKfId), flaws);
  }

  /** Opaque to the caller: account and position, sealed with base64. */
  const cursorAt = (openKfId: string, position: number): string =>
    Buffer.from(`${openKfId.slice(-8)}:${position}`).toString('base64url');

  function positionOf(openKfId: string, cursor: string): number | null {
    const [tail, position] = Buffer.from(cursor, 'base64url').toString().split(':');
    return tail === openKfId.slice(-8) && /^\d+$/.test(position ?? '') ? Number(position) : null;
  }

  return {
    accounts,
    addAccount({ name, staff = [], managed = true }) {
      const made: KfAccount = {
        openKfId: `wk${random.hex(30)}`,
        name,
        managed,
        staff: new Map(staff.map((userid) => [userid, { receiving: true, stopType: 0 }])),
      };
      accounts.set(made.openKfId, made);
      journal.touch();
      return made;
    },
    removeAccount: (openKfId) => void accounts.delete(openKfId),
    account(ref) {
      const found = accounts.get(typeof ref === 'string' ? ref : ref.openKfId);
      if (!found) throw new Error(`the sandbox has no kf account ${ref}`);
      return found;
    },
    append(openKfId, json, { at = clock.now(), flaws } = {}) {
      const msgid = String(json.msgid ?? random.hex(32));
      const row = { msgid, at, json: { msgid, send_time: Math.floor(at / 1000), ...json } };
      logOf(openKfId).push(row);
      journal.touch();
      const managed = accounts.get(openKfId)?.managed === true;
      return { row, delivery: managed ? ring(openKfId, flaws) : null };
    },
    ring,
    /** Empty or outdated cursors start at the oldest row of the last three days. Null: no cursor of ours. */
    read(openKfId, cursor, limit) {
      const log = logOf(openKfId);
      const asked = cursor === '' ? 0 : positionOf(openKfId, cursor);
      if (asked === null || asked > log.length) return null;
      const oldest = log.findIndex(({ at }) => at > clock.now() - DAYS_3);
      const from = Math.max(asked, oldest < 0 ? log.length : oldest);
      const rows = log.slice(from, from + Math.min(limit, shortened.shift() ?? limit));
      const end = from + rows.length;
      return { rows, next: cursorAt(openKfId, end), more: end < log.length };
    },
    knowsToken(token, openKfId) {
      const known = tokens.get(token);
      return known?.openKfId === openKfId && clock.now() - known.at <= TOKEN_MS;
    },
    issueCode(kind, openKfId, externalUserId) {
      const code = random.bytes(36).toString('base64url');
      const life = kind === 'welcome' || kind === 'ended' ? 20_000 : HOURS_48;
      codes.set(code, { kind, openKfId, externalUserId, expiresAt: clock.now() + life, used: false });
      return code;
    },
    code: (code) => codes.get(code) ?? null,
    shortPages(rows, times = 1) {
      for (let i = 0; i < times; i += 1) shortened.push(rows);
    },
  };
}
