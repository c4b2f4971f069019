/** What a newcomer does in each platform's own console, in its words: before the form, after it, and where addresses go. */

export interface PlatformWords {
  /** What it costs, in time and needs. */
  readonly needs: string;
  /** What the CRM hears there. */
  readonly hears: string;
  readonly console: { readonly name: string; readonly url: string };
  /** Before the form can be filled. */
  readonly before: readonly string[];
  /** Once the form is saved and the server answers. */
  readonly after: readonly string[];
  readonly callback: string;
  readonly page: string;
  /** Why no colleague may come, and what to do. */
  readonly nobody: string;
  /** How a salesperson gets a customer's words to it. */
  readonly way: string;
  /** Nothing arrives without a public address. */
  readonly needsAddress: boolean;
  /** How the bot comes into a group of colleagues. */
  readonly group: string;
}

export const platformWords: Readonly<Record<string, PlatformWords>> = {
  feishu: {
    needs: '约 10 分钟，免费，不需要公网地址',
    hears: '听得到：机器人所在群里的每句话，同事私聊、转发给机器人的话',
    console: { name: '飞书开放平台', url: 'https://open.feishu.cn/app' },
    before: [
      '打开飞书开放平台的“开发者后台”，点“创建企业自建应用”，名称填“聊单”。',
      '“添加应用能力”里加上“机器人”。',
      '在“凭证与基础信息”里复制 App ID 和 App Secret，填到下面，保存。',
    ],
    after: [
      '“权限管理”：按检查结果里缺的开通。',
      '“事件与回调”的“事件配置”“回调配置”两个页签，都选“使用长连接接收”并保存（聊单要正在运行）。',
      '事件加 im.message.receive_v1、im.chat.member.bot.added_v1、im.chat.member.bot.deleted_v1；回调加 card.action.trigger。',
      '“版本管理与发布”里创建版本，可用范围选所有要用的同事，发布。改过权限也要再发布。',
    ],
    callback: '用长连接的不用填。不用长连接时，填到“事件与回调”两个页签的请求地址。',
    page: '先“添加应用能力 → 网页应用”；再在“聊天输入框‘+’菜单”里添加场景，填这个网址域名后面的部分。“安全设置”里把域名加入“H5 可信域名”，网址问号前的部分加入“重定向 URL”。',
    nobody:
      '在飞书开放平台“权限管理”里开通 contact:contact.base:readonly、contact:user.base:readonly，把同页的“通讯录权限范围”选成要用的部门，发布新版本，再读一次。',
    way: '在飞书：把聊单拉进客户的群；别处的话转发给它。',
    needsAddress: false,
    group: '群设置 → 群机器人 → 添加机器人 → 选“聊单”。',
  },
  wecom: {
    needs: '约 20 分钟，要有公网域名',
    hears: '听得到：同事转给应用的话；开通微信客服或智能机器人后，听得到更多',
    console: { name: '企业微信管理后台', url: 'https://work.weixin.qq.com/wework_admin/frame' },
    before: [
      '“我的企业 → 企业信息”最下方，复制企业 ID。',
      '“应用管理 → 自建 → 创建应用”，名称“聊单”，可见范围选所有要用的同事；复制 AgentId 和 Secret。',
      '应用页“接收消息 → 设置 API 接收”：URL 填下面的回调地址，Token 和 EncodingAESKey 点“随机获取”并复制。后台那一页先不要保存。',
    ],
    after: [
      '回到后台“设置 API 接收”那一页，点“保存”。企业微信会马上访问聊单，答对了才存得住。',
      '应用页最下方“企业可信IP”，填服务器的公网出口 IP；上面的检查会说是哪个 IP。',
    ],
    callback: '填到应用页“接收消息 → 设置 API 接收”的 URL。',
    page: '应用页“网页授权及 JS-SDK”里把域名设为可信域名；再到“配置到聊天工具栏”，名称填“客户”，网址填这个。',
    nobody: '在企业微信管理后台打开“聊单”应用，把“可见范围”选成要用的部门，再读一次；“企业可信IP”没填也读不到。',
    way: '在企业微信：把客户的原话转发或粘贴给“聊单”应用。',
    needsAddress: true,
    group: '先在“接入平台”里填好机器人 BotID 和 Secret；再到内部群：群设置 → 群机器人 → 添加智能机器人 → 选“聊单”。',
  },
  dingtalk: {
    needs: '约 15 分钟，免费，不需要公网地址',
    hears: '听得到：同事 @聊单 或私聊转述的话；钉钉机器人听不到客户本人',
    console: { name: '钉钉开放平台', url: 'https://open-dev.dingtalk.com' },
    before: [
      '开发者后台“应用开发 → 企业内部应用 → 创建应用”，名称“聊单”。',
      '“添加应用能力 → 机器人”，消息接收模式选“Stream 模式”，发布机器人。',
      '“凭证与基础信息”里复制 Client ID 和 Client Secret；开放平台首页右上角复制 CorpId。',
    ],
    after: [
      '“权限管理”：按检查结果里缺的开通。',
      '“版本管理与发布”里创建新版本，可用范围选所有要用的同事，发布。不发布，钉钉就不说是谁在说话。',
    ],
    callback: '用 Stream 模式的不用填。不用 Stream 时，填到“事件订阅”的请求网址。',
    page: '先“添加应用能力 → 网页应用”，“安全设置”里填上域名；再在群酷应用的“快捷入口”里填这个网址，$ENCCID$ 照抄。',
    nobody: '在钉钉开放平台“权限管理”里开通通讯录的读权限，“权限范围”选全部员工，发布新版本，再读一次。',
    way: '在钉钉：在内部群 @聊单 写上客户的原话，或把聊天记录粘贴到和它的私聊里。',
    needsAddress: false,
    group: '群设置 → 机器人 → 添加机器人 → 选“聊单”。',
  },
};

export const formWords = {
  title: (label: string) => `接入${label}`,
  back: '所有平台',
  cards: {
    title: '接入平台',
    lead: '同事平时用哪个聊工作，就接哪个；可以接几个，至少一个。',
    open: { none: '开始接入', other: '查看和修改' },
  },
  source: {
    environment: '在 .env 里',
    stored: '已填写',
    none: '未接入',
  },
  status: {
    ready: '已连上',
    connecting: '正在连接',
    degraded: '连上了，有提醒',
    failed: '没有连上',
    stopped: '已停用',
  },
  before: '先在后台做',
  manual: (name: string) => `每一步的细节和会遇到的错误，见聊单文件夹里的 docs/connect-${name}.md。`,
  openConsole: (name: string) => `打开${name}`,
  fields: '把后台的这几项填过来',
  fixed: '这些写在服务器的 .env 里，以那里为准。要改请改 .env 再重启聊单。',
  more: (count: number) => `选填的 ${count} 项`,
  kept: '已填写，留空不改',
  example: (text: string) => `例如 ${text}`,
  missing: (label: string) => (/^[A-Za-z]/.test(label) ? `请填 ${label}` : `请填${label}`),
  save: '保存并检查',
  addresses: '要填到后台的地址',
  callback: '回调地址',
  page: '页面地址',
  noAddress: '填了公网地址才有回调地址和页面地址。',
  needsAddress: '这个平台要有公网地址才收得到消息，请先填好公网地址。',
  toCompany: '去填公网地址',
  reconnecting: '已保存，聊单正在重新连接平台，要几秒钟…',
  disconnect: '断开',
  disconnectSure: (label: string) => `断开${label}后，填过的都会删掉，聊单不再收它的消息。`,
  disconnectYes: '确定断开',
  after: '检查之后，回到后台做完',
  doctor: {
    title: '检查',
    running: '正在检查…',
    again: '再查一次',
    begin: '检查一遍',
    states: { good: '正常', bad: '要改', unknown: '留意' },
    allGood: '都正常，可以用了。',
    noneBad: '没有要改的，可以用了。带 ? 的是选用的功能，或从这里看不出来的。',
    someBad: (count: number) => `有 ${count} 项要改：照着“怎么办”从上往下改，再查一次。`,
    broken: '检查没有做完',
    remedy: '怎么办：',
  },
  test: {
    title: '发一条测试消息',
    lead: '给一位同事（比如你自己）发一条，收到就说明真的通了。',
    label: '发给谁',
    hint: '输入姓名里的字',
    nobody: '读取通讯录以后，可以在这里给自己发一条测试消息。',
    noMatch: '没有这位同事。',
    send: (name: string) => `发给${name}`,
  },
} as const;
