/** WeCom's traffic in plain words. */
import { asObject } from '../../platform/json.ts';
import type { WecomEmulator } from '../../wecom/index.ts';
import type { ApiEntry, WireWords } from '../wire.ts';

export const wecomWire = (platform: WecomEmulator): WireWords => ({
  name: '企业微信',
  events: {
    text: '同事发给聊单应用的话',
    enter_agent: '同事打开聊单应用',
    template_card_event: '有人点了卡片',
    kf_msg_or_event: '客服有新消息（只响铃，不带内容）',
    'change_external_contact.add_external_contact': '同事加了新客户',
    'change_external_contact.edit_external_contact': '客户资料有改动',
    'change_external_contact.del_external_contact': '同事删了客户',
    msgaudit_notify: '会话存档有新记录',
    'bot.text': '同事对智能机器人说的话',
    'bot.enter_chat': '同事打开智能机器人',
  },
  sealed: ({ transport }) => (transport === 'webhook' ? '签名 + 加密' : '长连接'),
  connections: { opened: '机器人长连接已建立', closed: '机器人长连接断开', refused: '机器人长连接被拒绝' },
  call: (entry) => namedCall(platform, entry),
  limits: [45009, 45033],
  refusals: {
    95014: '他不接待这个客服账号的客户，换下一位',
    60140: '卡片只能更新一次，这一次已经用过',
  },
});

const NAMES: Readonly<Record<string, string>> = {
  'message/update_template_card': '更新卡片',
  'kf/sync_msg': '拉取客服消息',
  'kf/customer/batchget': '查客户的微信昵称',
  'externalcontact/get': '查新客户的资料',
  'externalcontact/batch/get_by_user': '读同事的客户联系人',
  'externalcontact/send_welcome_msg': '发欢迎语',
  'externalcontact/remark': '写客户备注',
  'externalcontact/mark_tag': '给客户打标签',
  'user/get': '查同事的姓名',
  aibot_respond_msg: '智能机器人回话',
  aibot_send_msg: '机器人发消息',
};

function namedCall({ world }: WecomEmulator, { path, body }: ApiEntry): string | null {
  const name = path.replace(/^.*\/cgi-bin\//, '');
  const given = asObject(body) ?? {};
  const nameOf = (id: unknown): string => world.members.get(String(id))?.name ?? '同事';
  if (name === 'message/send') {
    const what = given.msgtype === 'template_card' ? '发卡片' : '发消息';
    return `${what}给${nameOf(given.touser)}（聊单应用）`;
  }
  if (name === 'kf/service_state/trans')
    return given.service_state === 3 ? `把客服会话分配给${nameOf(given.servicer_userid)}` : '把客服会话放进接待池';
  return NAMES[name] ?? null;
}
