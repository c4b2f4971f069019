/** The wire in plain words: what a platform pushed to us and how fast we acknowledged, and what we asked of it. */
import type { JournalEntry } from '../platform/journal.ts';
import type { WireLine } from './view.ts';

const SHOWN = 40;
const LOOKED_AT = 400;

export type ApiEntry = JournalEntry & { readonly kind: 'api' };

/** How one platform's traffic is told. */
export interface WireWords {
  readonly name: string;
  readonly events: Readonly<Record<string, string>>;
  /** How pushes of this kind are protected, such as 签名 + 加密. */
  sealed(entry: JournalEntry & { readonly kind: 'delivery' }): string;
  readonly connections: Readonly<Record<'opened' | 'closed' | 'refused', string>>;
  /** What a call was for; null for calls that nobody needs to read about. */
  call(entry: ApiEntry): string | null;
  /** Codes that say "too fast". */
  readonly limits: readonly number[];
  /** Codes that are part of a day's work, and what they mean. */
  readonly refusals: Readonly<Record<number, string>>;
}

/** The newest lines, newest first. Pings and calls without a meaning that worked are left out: they say nothing about a deal. */
export function wireLines(entries: readonly JournalEntry[], words: WireWords): WireLine[] {
  const lines: WireLine[] = [];
  const seenBefore = repeats(entries.slice(-LOOKED_AT));
  for (let index = entries.length - 1; index >= 0 && lines.length < SHOWN; index -= 1) {
    const entry = entries[index];
    const line = entry && describe(words, entry, seenBefore.has(entry));
    if (line) lines.push({ id: `${entry.at}-${index}`, at: entry.at, ...line });
  }
  return lines;
}

/** Deliveries of an event that had been delivered before. */
function repeats(entries: readonly JournalEntry[]): ReadonlySet<JournalEntry> {
  const known = new Set<string>();
  const again = new Set<JournalEntry>();
  for (const entry of entries) {
    if (entry.kind !== 'delivery') continue;
    if (known.has(entry.eventId)) again.add(entry);
    known.add(entry.eventId);
  }
  return again;
}

type Told = Omit<WireLine, 'id' | 'at'>;

function describe(words: WireWords, entry: JournalEntry, again: boolean): Told | null {
  if (entry.kind === 'delivery') return delivery(words, entry, again);
  if (entry.kind === 'api') return call(words, entry);
  if (entry.what === 'ping') return null;
  return {
    way: 'line',
    text: words.connections[entry.what],
    detail: '',
    tone: entry.what === 'opened' ? 'good' : 'bad',
  };
}

function delivery(words: WireWords, entry: JournalEntry & { kind: 'delivery' }, repeated: boolean): Told {
  const what = words.events[entry.eventType] ?? entry.eventType;
  const again = entry.attempt > 1 ? `（第 ${entry.attempt} 次投递）` : repeated ? '（重复投递，不重复处理）' : '';
  const text = `${what}${again}`;
  if (entry.accepted)
    return { way: 'in', text, detail: `${words.sealed(entry)} · ${milliseconds(entry.tookMs)}确认收到`, tone: 'good' };
  const refused = entry.status !== null && entry.status >= 400 && entry.status < 500;
  const why = refused
    ? `${entry.status === 401 ? '签名不对，' : ''}聊单拒收（HTTP ${entry.status}）`
    : `没有送到（${entry.reason ?? '原因不明'}）`;
  return { way: 'in', text, detail: why, tone: refused ? 'quiet' : 'bad' };
}

function call(words: WireWords, entry: ApiEntry): Told | null {
  const told = words.call(entry);
  const worked = entry.code === 0;
  if (told === null && worked) return null;
  const text = told ?? `${entry.method} ${entry.path}`;
  if (worked) return { way: 'out', text, detail: `${words.name}已受理`, tone: 'good' };
  const expected = words.refusals[entry.code ?? 0];
  if (expected !== undefined) return { way: 'out', text, detail: expected, tone: 'quiet' };
  return { way: 'out', text, detail: failure(words, entry), tone: 'bad' };
}

function failure({ name, limits }: WireWords, { status, code }: ApiEntry): string {
  if (status === 429 || limits.includes(code ?? 0)) return `${name}限流，稍后自动重试`;
  return code === null ? '连接中断，稍后自动重试' : `${name}拒绝（${code}）`;
}

const milliseconds = (ms: number): string => (ms < 1 ? '1 毫秒内' : `${Math.round(ms)} 毫秒`);
