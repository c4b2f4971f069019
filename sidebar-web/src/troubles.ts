/** What did not work, and what to do about it, in the words of each client. */
import type { ServerRefusal } from './api/server.ts';
import type { ClientRefusal } from './bridge/bridge.ts';
import type { Client } from './bridge/client.ts';

export interface Trouble {
  readonly title: string;
  /** What to do about it. */
  readonly hint: string;
  /** Whether trying again here can help. */
  readonly retry: boolean;
}

export type Troubles = Readonly<Record<ClientRefusal | ServerRefusal | 'no_page', Trouble>>;

interface ClientWords {
  readonly name: string;
  /** How the page is opened there. */
  readonly way: string;
  /** The console's word for where our domain must be known. */
  readonly domain: string;
}

const clients: Readonly<Record<Client, ClientWords>> = {
  feishu: {
    name: '飞书',
    way: '在飞书聊天里长按一条消息，选择“加入聊单”；在电脑上点消息旁的“…”。',
    domain: '请在飞书开放平台“安全设置”里，把聊单的域名加入“H5 可信域名”。',
  },
  dingtalk: {
    name: '钉钉',
    way: '在钉钉的内部群里长按一条消息，选择“加入聊单”；在电脑上右键点消息。',
    domain: '请在钉钉开放平台“网页应用”里，把应用首页地址设为聊单的域名。',
  },
  wecom: {
    name: '企业微信',
    way: '请在企业微信里把客户的话转发给聊单，或在侧边栏里粘贴。',
    domain: '请在企业微信应用的“网页授权及 JS-SDK”里，把聊单的域名设为可信域名。',
  },
  plain: {
    name: '聊天',
    way: '请在飞书或钉钉的聊天里选中消息，再选择“加入聊单”。',
    domain: '请核对平台里填的聊单域名。',
  },
};

const administrator = '请把这句话发给管理员：';

export function troublesIn(client: Client): Troubles {
  const { name, way, domain } = clients[client];
  return {
    outside: { title: `请在${name}里打开`, hint: way, retry: false },
    no_messages: {
      title: '没有收到选中的消息',
      hint: '请回到聊天，长按要交给聊单的消息，选择“加入聊单”。',
      retry: false,
    },
    old_client: { title: `${name}版本太旧`, hint: `请把${name}更新到最新版本，再从消息菜单里打开。`, retry: false },
    script: { title: '页面没有加载完整', hint: `${name}的组件没有下载成功，请检查网络后重试。`, retry: true },
    refused: {
      title: '你没有同意登录',
      hint: '聊单要知道是谁交来的消息。请点重试，并在弹出的窗口里点“允许”。',
      retry: true,
    },
    withheld: { title: '你取消了', hint: '没有消息交给聊单。要继续请点重试。', retry: true },
    not_for_you: {
      title: '你还不能使用聊单',
      hint: `${administrator}请把我加到“聊单”应用的可用范围。`,
      retry: false,
    },
    bad_domain: { title: `${name}不认识这个网址`, hint: `${administrator}${domain}`, retry: false },
    bad_agent: {
      title: '“加入聊单”还缺一项设置',
      hint: `${administrator}请在${name}应用的“凭证与基础信息”里复制 AgentId，填到 DINGTALK_AGENT_ID，再重启聊单。`,
      retry: false,
    },
    expired: { title: '页面打开得太久了', hint: '请点重试；仍不行就关闭后重新打开。', retry: true },
    client: {
      title: `${name}没有答应这次请求`,
      hint: '请点重试；仍不行就关闭后，从消息菜单里重新打开。',
      retry: true,
    },
    network: { title: '连不上聊单', hint: '请检查网络后重试；同样的消息交两次也只算一次。', retry: true },
    sign_in: { title: '登录已过期', hint: '请点重试；仍不行就关闭后，重新点“加入聊单”。', retry: true },
    not_member: { title: '你不在这个会话里', hint: '只有会话里的人才能把消息交给聊单。', retry: false },
    not_found: {
      title: '读不到这些消息',
      hint: '消息可能已撤回，或聊单机器人不在这个会话里。可以把机器人拉进群，再重试。',
      retry: true,
    },
    unavailable: { title: `${name}暂时没有回应`, hint: '消息还没有交出去，请稍后重试。', retry: true },
    not_connected: {
      title: `聊单还没有接入${name}`,
      hint: `${administrator}请按“接入${name}”一页完成设置。`,
      retry: false,
    },
    foreign_address: {
      title: '页面的网址和服务器设置的不一致',
      hint: `${administrator}${name}里填的网址，要和聊单的 PUBLIC_URL 一致。`,
      retry: false,
    },
    bad_request: { title: '请求不完整', hint: '请关闭后，从聊天消息的菜单里重新打开。', retry: false },
    fault: { title: '聊单出了点问题', hint: '请稍后重试；一直不行请告诉管理员。', retry: true },
    no_page: { title: '没有这个页面', hint: `网址可能写错了，请从${name}里重新打开。`, retry: false },
  };
}
