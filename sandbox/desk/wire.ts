/** The wire in plain words: what the platform pushed to us and how fast we acknowledged, and what we asked of the platform. */
import type { FeishuEmulator, JournalEntry } from '../feishu/index.ts';
import type { WireLine } from './view.ts';

const SHOWN = 40;
const LOOKED_AT = 400;

const EVENTS: Readonly<Record<string, string>> = {
  'im.message.receive_v1': '新消息',
  'im.message.recalled_v1': '消息被撤回',
  'im.chat.member.bot.added_v1': '聊单被拉进群',
  'im.chat.member.bot.deleted_v1': '聊单被移出群',
  'card.action.trigger': '有人点了卡片',
};

/** The newest lines, newest first. Pings and token fetches that worked are left out: they say nothing about a deal. */
export function wireLines(platform: FeishuEmulator): WireLine[] {
  const { entries } = platform.journal;
  const lines: WireLine[] = [];
  const seenBefore = repeats(entries.slice(-LOOKED_AT));
  for (let index = entries.length - 1; index >= 0 && lines.length < SHOWN; index -= 1) {
    const entry = entries[index];
    const line = entry && describe(platform, entry, seenBefore.has(entry));
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

function describe(platform: FeishuEmulator, entry: JournalEntry, again: boolean): Told | null {
  if (entry.kind === 'delivery') return delivery(entry, again);
  if (entry.kind === 'api') return call(platform, entry);
  if (entry.what === 'ping') return null;
  const words = { opened: '长连接已建立', closed: '长连接断开', refused: '长连接被拒绝' } as const;
  return { way: 'line', text: words[entry.what], detail: '', tone: entry.what === 'opened' ? 'good' : 'bad' };
}

function delivery(entry: JournalEntry & { kind: 'delivery' }, repeated: boolean): Told {
  const what = EVENTS[entry.eventType] ?? entry.eventType;
  const again = entry.attempt > 1 ? `（第 ${entry.attempt} 次投递）` : repeated ? '（重复投递，不重复处理）' : '';
  const sealed = entry.transport === 'webhook' ? '签名 + 加密' : '长连接';
  if (entry.accepted)
    return {
      way: 'in',
      text: `${what}${again}`,
      detail: `${sealed} · ${milliseconds(entry.tookMs)}确认收到`,
      tone: 'good',
    };
  const refused = entry.status !== null && entry.status >= 400 && entry.status < 500;
  const why = refused
    ? `${entry.status === 401 ? '签名不对，' : ''}聊单拒收（HTTP ${entry.status}）`
    : `没有送到（${entry.reason ?? '原因不明'}）`;
  return { way: 'in', text: `${what}${again}`, detail: why, tone: refused ? 'quiet' : 'bad' };
}

function call(platform: FeishuEmulator, entry: JournalEntry & { kind: 'api' }): Told | null {
  const worked = entry.code === 0;
  const told = namedCall(platform, entry);
  if (told === null && worked) return null;
  const detail = worked ? '飞书已受理' : failure(entry);
  return { way: 'out', text: told ?? `${entry.method} ${entry.path}`, detail, tone: worked ? 'good' : 'bad' };
}

function failure({ status, code }: { status: number; code: number | null }): string {
  if (status === 429 || code === 99991400) return '飞书限流，稍后自动重试';
  return code === null ? '连接中断，稍后自动重试' : `飞书拒绝（${code}）`;
}

/** What the call was for; null for calls that nobody needs to read about. */
function namedCall(platform: FeishuEmulator, entry: JournalEntry & { kind: 'api' }): string | null {
  const { method, path } = entry;
  if (path.endsWith('/open-apis/im/v1/messages') && method === 'POST') {
    const body = entry.body as { receive_id?: unknown; msg_type?: unknown };
    const what = body.msg_type === 'interactive' ? '发卡片' : '发消息';
    return `${what}给${receiver(platform, String(body.receive_id ?? ''))}`;
  }
  if (/\/im\/v1\/messages\/[^/]+$/.test(path) && method === 'PATCH') return '更新卡片';
  if (path.includes('/interactive/v1/card/update')) return '更新卡片';
  if (/\/im\/v1\/messages\/[^/]+\/reply$/.test(path)) return '回复消息';
  if (path.endsWith('/members')) return '查群成员的姓名';
  if (path.includes('/contact/v3/users')) return '查同事的姓名';
  if (/\/im\/v1\/chats\/[^/]+$/.test(path)) return '查群名称';
  return null;
}

function receiver({ world }: FeishuEmulator, id: string): string {
  const person = world.people.get(id);
  if (person) return `${person.name}（私聊）`;
  const chat = world.chats.get(id);
  return chat ? `「${chat.name}」` : '某人';
}

const milliseconds = (ms: number): string => (ms < 1 ? '1 毫秒内' : `${Math.round(ms)} 毫秒`);
