/** Why a page could not be opened for this person, and what to do about it, in the words of each client. */
import type { BridgeRefusal } from './bridge/bridge.ts';
import type { Client } from './bridge/client.ts';

export interface SessionTrouble {
  readonly title: string;
  /** What to do about it. */
  readonly detail: string;
}

interface ClientWords {
  readonly name: string;
  /** How these pages are opened there. */
  readonly way: string;
  /** The console's word for where our domain must be known. */
  readonly domain: string;
}

const clients: Readonly<Record<Exclude<Client, 'plain'>, ClientWords>> = {
  feishu: {
    name: '飞书',
    way: '请从飞书聊天输入框旁的“+”里，或从工作台打开聊单。',
    domain: '请在飞书开放平台“安全设置”里，把聊单的域名加入“H5 可信域名”和“重定向 URL”。',
  },
  dingtalk: {
    name: '钉钉',
    way: '请从钉钉群的快捷栏，或从工作台打开聊单。',
    domain: '请在钉钉开放平台“网页应用”里，把应用首页地址设为聊单的域名。',
  },
  wecom: {
    name: '企业微信',
    way: '请从企业微信客户聊天的侧边栏，或从工作台打开聊单。',
    domain: '请在企业微信应用的“网页授权及 JS-SDK”里，把聊单的域名设为可信域名。',
  },
};

const administrator = '请把这句话发给管理员：';
const again = '请点重试；仍不行就关闭后重新打开。';

export function sessionTrouble(client: Client, reason: BridgeRefusal): SessionTrouble {
  if (client === 'plain') {
    return {
      title: '请在聊天里打开聊单',
      detail: '这个浏览器里没有人登录。请从飞书、企业微信或钉钉里打开，或刷新页面重新登录。',
    };
  }
  return troublesIn(clients[client])[reason];
}

function troublesIn({ name, way, domain }: ClientWords): Readonly<Record<BridgeRefusal, SessionTrouble>> {
  const silent = { title: `${name}没有答应这次请求`, detail: again };
  const unknown = { title: '没有登录成功', detail: again };
  const notSetUp = { title: `聊单还没有接入${name}`, detail: `${administrator}请按“接入${name}”一页完成设置。` };
  return {
    outside: { title: `请在${name}里打开`, detail: way },
    old_client: { title: `${name}版本太旧`, detail: `请把${name}更新到最新版本，再重新打开聊单。` },
    script: { title: '页面没有加载完整', detail: `${name}的组件没有下载成功，请检查网络后重试。` },
    refused: {
      title: '你没有同意登录',
      detail: '聊单要知道你是谁，才能打开你的客户。请点重试，并在弹出的窗口里点“允许”。',
    },
    withheld: { title: '你取消了', detail: '要继续请点重试。' },
    not_for_you: {
      title: `${name}没有给聊单权限`,
      detail: `${administrator}请把我加到“聊单”应用的可见范围，并允许它读取客户联系。`,
    },
    bad_domain: { title: `${name}不认识这个网址`, detail: `${administrator}${domain}` },
    bad_agent: { title: '聊单还缺一项设置', detail: `${administrator}请核对${name}应用的编号（企业 ID、AgentId）。` },
    expired: { title: '页面打开得太久了', detail: again },
    client: silent,
    no_messages: silent,
    not_member: silent,
    network: { title: '连不上聊单', detail: '请检查网络，然后点重试。' },
    unavailable: { title: `${name}暂时没有回应`, detail: '请稍后点重试。' },
    sign_in: unknown,
    not_found: unknown,
    bad_request: unknown,
    not_connected: notSetUp,
    foreign_address: {
      title: '页面的网址和服务器设置的不一致',
      detail: `${administrator}${name}里填的网址，要和聊单设置里的公网地址（PUBLIC_URL）一致。`,
    },
    stranger: {
      title: '聊单还不认识你',
      detail: '请管理员同步通讯录，或先给聊单机器人发一条消息，再点重试。',
    },
    inactive: { title: '你的账号已停用', detail: '不能再使用聊单。如有疑问，请联系管理员。' },
    too_many: { title: '登录失败的次数太多', detail: '请一分钟后点重试。' },
    no_cookies: {
      title: '登录没有保存下来',
      detail: `${name}的内置浏览器没有保存登录。请点重试；仍不行就更新${name}后重新打开。`,
    },
    fault: { title: '聊单出了点问题', detail: '请稍后重试；一直不行请告诉管理员。' },
  };
}
