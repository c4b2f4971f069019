/** DingTalk's traffic in plain words. */
import type { DingtalkEmulator } from '../../dingtalk/index.ts';
import { asObject, type JsonObject } from '../../platform/json.ts';
import type { ApiEntry, WireWords } from '../wire.ts';

export const dingtalkWire = (platform: DingtalkEmulator): WireWords => ({
  name: '钉钉',
  events: {
    robot_message: '同事对聊单说的话',
    card_callback: '有人点了卡片',
    check_url: '平台检查回调地址',
    user_add_org: '新同事加入',
    user_modify_org: '同事资料有改动',
    user_leave_org: '同事离职',
    chat_add_member: '有人进群',
    chat_quit: '有人退群',
    chat_disband: '群解散',
    chat_update_title: '群改名',
  },
  sealed: ({ transport }) => (transport === 'webhook' ? '签名 + 加密' : 'Stream 长连接'),
  connections: { opened: 'Stream 长连接已建立', closed: 'Stream 长连接断开', refused: 'Stream 长连接被拒绝' },
  call: (entry) => namedCall(platform, entry),
  // An outer 88 with 90018 inside; the other family says no more than 403 in the journal.
  limits: [88],
  refusals: { 403: '钉钉拒绝：调用太频繁、额度用完或缺权限' },
});

const NAMES: Readonly<Record<string, string>> = {
  'POST card/instances': '建卡片',
  'PUT card/instances': '更新卡片',
  'POST robot/sendBySession': '在会话里回话（不用接口额度）',
  'POST robot/otoMessages/batchRecall': '撤回消息',
  'POST robot/groupMessages/recall': '撤回消息',
  'POST topapi/v2/user/get': '查同事的姓名',
};

function namedCall({ world }: DingtalkEmulator, { method, path, body }: ApiEntry): string | null {
  const call = `${method} ${path.replace(/^.*\/(?:oapi|v1\.0)\//, '')}`;
  const given = asObject(body) ?? {};
  const places = (ids: readonly string[]): string =>
    ids
      .map((id) => world.people.get(id)?.name ?? (world.chats.has(id) ? `「${world.chats.get(id)?.name}」` : '某人'))
      .join('、');
  if (call === 'POST card/instances/createAndDeliver' || call === 'POST card/instances/deliver')
    return `发卡片给${places(spacesOf(given))}`;
  if (call === 'POST robot/oToMessages/batchSend') return `发消息给${places(textsIn(given.userIds))}`;
  if (call === 'POST robot/groupMessages/send') return `发消息到${places([String(given.openConversationId)])}`;
  return NAMES[call] ?? null;
}

const textsIn = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

/** `dtv1.card//IM_ROBOT.lina;IM_GROUP.cid…` */
const spacesOf = ({ openSpaceId }: JsonObject): string[] =>
  String(openSpaceId ?? '')
    .replace(/^dtv1\.card\/\//, '')
    .split(';')
    .map((space) => space.slice(space.indexOf('.') + 1));
