/** Feishu's traffic in plain words. */
import type { FeishuEmulator } from '../../feishu/index.ts';
import type { ApiEntry, WireWords } from '../wire.ts';

export const feishuWire = (platform: FeishuEmulator): WireWords => ({
  name: '飞书',
  events: {
    'im.message.receive_v1': '新消息',
    'im.message.recalled_v1': '消息被撤回',
    'im.chat.member.bot.added_v1': '聊单被拉进群',
    'im.chat.member.bot.deleted_v1': '聊单被移出群',
    'card.action.trigger': '有人点了卡片',
  },
  sealed: ({ transport }) => (transport === 'webhook' ? '签名 + 加密' : '长连接'),
  connections: { opened: '长连接已建立', closed: '长连接断开', refused: '长连接被拒绝' },
  call: (entry) => namedCall(platform, entry),
  limits: [99991400],
  refusals: {},
});

function namedCall(platform: FeishuEmulator, { method, path, body }: ApiEntry): string | null {
  if (path.endsWith('/open-apis/im/v1/messages') && method === 'POST') {
    const { msg_type, receive_id } = body as { receive_id?: unknown; msg_type?: unknown };
    const what = msg_type === 'interactive' ? '发卡片' : '发消息';
    return `${what}给${receiver(platform, String(receive_id ?? ''))}`;
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
