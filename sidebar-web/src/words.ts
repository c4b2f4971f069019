/** Every word a person reads on these pages, in one table; another language is another table of this type. */
import type { ServerRefusal } from './api/server.ts';
import type { ClientRefusal } from './bridge/bridge.ts';

export interface Trouble {
  readonly title: string;
  /** What to do about it. */
  readonly hint: string;
  /** Whether trying again here can help. */
  readonly retry: boolean;
}

const administrator = '请把这句话发给管理员：';

const troubles: Readonly<Record<ClientRefusal | ServerRefusal | 'no_page', Trouble>> = {
  outside: {
    title: '请在飞书里打开',
    hint: '在飞书聊天里长按一条消息，选择“加入聊单”；在电脑上点消息旁的“…”。',
    retry: false,
  },
  no_messages: {
    title: '没有收到选中的消息',
    hint: '请回到聊天，长按要交给聊单的消息，选择“加入聊单”。',
    retry: false,
  },
  old_client: { title: '飞书版本太旧', hint: '请把飞书更新到最新版本，再从消息菜单里打开。', retry: false },
  script: { title: '页面没有加载完整', hint: '飞书的组件没有下载成功，请检查网络后重试。', retry: true },
  refused: {
    title: '你没有同意登录',
    hint: '聊单要知道是谁交来的消息。请点重试，并在弹出的窗口里点“允许”。',
    retry: true,
  },
  not_for_you: {
    title: '你还不能使用聊单',
    hint: `${administrator}请把我加到“聊单”应用的可用范围。`,
    retry: false,
  },
  bad_domain: {
    title: '飞书不认识这个网址',
    hint: `${administrator}请在飞书开放平台“安全设置”里，把聊单的域名加入“H5 可信域名”。`,
    retry: false,
  },
  expired: { title: '页面打开得太久了', hint: '请点重试；仍不行就关闭后重新打开。', retry: true },
  client: { title: '飞书没有答应这次请求', hint: '请点重试；仍不行就关闭后，从消息菜单里重新打开。', retry: true },
  network: { title: '连不上聊单', hint: '请检查网络后重试；同样的消息交两次也只算一次。', retry: true },
  sign_in: { title: '登录已过期', hint: '请点重试；仍不行就关闭后，重新点“加入聊单”。', retry: true },
  not_member: { title: '你不在这个会话里', hint: '只有会话里的人才能把消息交给聊单。', retry: false },
  not_found: {
    title: '读不到这些消息',
    hint: '消息可能已撤回，或聊单机器人不在这个会话里。可以把机器人拉进群，再重试。',
    retry: true,
  },
  unavailable: { title: '飞书暂时没有回应', hint: '消息还没有交出去，请稍后重试。', retry: true },
  not_connected: { title: '聊单还没有接入飞书', hint: `${administrator}请按“接入飞书”一页完成设置。`, retry: false },
  foreign_address: {
    title: '页面的网址和服务器设置的不一致',
    hint: `${administrator}飞书里填的网址，要和聊单的 PUBLIC_URL 一致。`,
    retry: false,
  },
  bad_request: { title: '请求不完整', hint: '请关闭后，从聊天消息的菜单里重新打开。', retry: false },
  fault: { title: '聊单出了点问题', hint: '请稍后重试；一直不行请告诉管理员。', retry: true },
  no_page: { title: '没有这个页面', hint: '网址可能写错了，请从飞书里重新打开。', retry: false },
};

export const words = {
  title: '加入聊单',
  lead: '聊单会读出话里的进展，推动商机。',
  picked: (count: number) => `选中的消息（${count} 条）`,
  leftOut: (count: number) => `${count} 条聊单读不了，不会交出去`,
  tooMany: (limit: number) => `一次最多 ${limit} 条，后面的请再选一次`,
  noneReadable: '选中的消息聊单都读不了',
  unreadable: '聊单读不了这种消息',
  someone: '不知道是谁',
  mention: '@某人',
  kinds: {
    image: '[图片]',
    media: '[视频]',
    file: '[文件]',
    audio: '[语音]',
    interactive: '[卡片]',
    other: '[其他消息]',
  },
  button: (count: number) => (count > 1 ? `加入聊单（${count} 条）` : '加入聊单'),
  signingIn: '正在确认你的身份…',
  handingOver: '正在交给聊单…',
  opening: '正在读取选中的消息…',
  done: '已交给聊单',
  doneHint: '处理结果会发到你和聊单的私聊',
  doneCount: (count: number) => `共 ${count} 条消息`,
  finish: '完成',
  close: '关闭',
  retry: '重试',
  justNow: '刚刚',
  minutesAgo: (count: number) => `${count} 分钟前`,
  today: (time: string) => `今天 ${time}`,
  yesterday: (time: string) => `昨天 ${time}`,
  day: (month: number, day: number, time: string) => `${month}月${day}日 ${time}`,
  year: (year: number, month: number, day: number) => `${year}年${month}月${day}日`,
  troubles,
} as const;
