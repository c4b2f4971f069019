/** What the settings page and the start-up message say about each WECOM_ variable. */

export const officialBase = 'https://qyapi.weixin.qq.com';
export const officialOauthBase = 'https://open.weixin.qq.com';
/** Where browsers without the client sign in, by a scan (https://developer.work.weixin.qq.com/document/path/98152). */
export const officialLoginBase = 'https://login.work.weixin.qq.com';
/** The script that the client's documentation names (WECOM-JSSDK, 开发指南). */
export const officialJsSdk = 'https://wwcdn.weixin.qq.com/node/open/js/wecom-jssdk-2.0.2.js';
export const officialBotUrl = 'wss://openws.work.weixin.qq.com';

const blank = (what: string) => `${what}里有空白字符，多半是复制时带进来的，请重新复制。`;

export const explain = {
  WECOM_CORP_ID: {
    missing: '缺少企业 ID：在企业微信管理后台「我的企业 → 企业信息」最下方复制。',
    wrong:
      '企业 ID 的样子不对：应是 ww（早年开通的是 wx）开头的 18 位字符，前后没有空格，请从「我的企业 → 企业信息」整段复制。',
    example: 'ww1234567890abcdef',
  },
  WECOM_AGENT_ID: {
    missing: '缺少应用的 AgentId：在「应用管理 → 自建 → 聊单」页面上方复制。',
    wrong: 'AgentId 应是一个整数，前后没有空格，请从「应用管理 → 自建 → 聊单」页面复制。',
    example: '1000002',
  },
  WECOM_SECRET: {
    missing: '缺少应用的 Secret：在「应用管理 → 自建 → 聊单」点 Secret 的「查看」，到手机企业微信里复制。',
    wrong: blank('应用 Secret '),
    example: 'Kx0pQ…（43 位字符，与 AgentId 在同一页）',
  },
  WECOM_TOKEN: {
    missing: '缺少接收消息的 Token：在应用的「接收消息 → 设置 API 接收」里点「随机获取」，两边填一样的。',
    wrong: 'Token 只能是 1 到 32 位字母和数字，请与「接收消息 → 设置 API 接收」里的保持一致。',
    example: 'QDG6eK',
  },
  WECOM_AES_KEY: {
    missing: '缺少 EncodingAESKey：在应用的「接收消息 → 设置 API 接收」里点「随机获取」，两边填一样的。',
    wrong: 'EncodingAESKey 应是正好 43 位字母和数字，没有等号和空格，请从「接收消息 → 设置 API 接收」整段复制。',
    example: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
  },
  WECOM_API_BASE: {
    missing: '',
    wrong: '接口地址要写成 https://域名，不带问号和井号；只有本机地址可以用 http。',
    example: officialBase,
  },
  WECOM_OAUTH_BASE: {
    missing: '',
    wrong: '网页授权地址要写成 https://域名，不带问号和井号；只有本机地址可以用 http。',
    example: officialOauthBase,
  },
  WECOM_LOGIN_BASE: {
    missing: '',
    wrong: '扫码登录地址要写成 https://域名，不带问号和井号；只有本机地址可以用 http。',
    example: officialLoginBase,
  },
  WECOM_VERIFY_FILE: {
    missing: '',
    wrong:
      '域名归属验证文件要填文件名，例如 WW_verify_AbCd1234EfGh5678.txt；文件里的内容和文件名里的不一样时，写成“文件名=内容”。',
    example: 'WW_verify_AbCd1234EfGh5678.txt',
  },
  WECOM_JS_SDK_URL: {
    missing: '',
    wrong: '网页脚本地址要写成完整的 https 网址，不带问号和井号；只有本机地址可以用 http。',
    example: officialJsSdk,
  },
  WECOM_CONTACT_SECRET: {
    missing: '',
    wrong: blank('客户联系 Secret '),
    example: '（多数企业不用填；2023 年 12 月以前开通的企业，可填「客户联系 → API」里的 Secret）',
  },
  WECOM_BOT_ID: {
    missing:
      '填了智能机器人的 Secret，还缺 BotID：在「安全与管理 → 管理工具 → 智能机器人 → API 模式 → 长连接」里复制。',
    wrong: blank('机器人 BotID '),
    example: 'aibXXXXXXXXXXXX',
  },
  WECOM_BOT_SECRET: {
    missing: '填了智能机器人的 BotID，还缺 Secret：在同一页「API 模式 → 长连接」里复制。',
    wrong: blank('机器人 Secret '),
    example: 'Yt5w…（与 BotID 在同一页）',
  },
  WECOM_BOT_URL: {
    missing: '',
    wrong: '机器人长连接地址要写成 wss://域名；只有本机地址可以用 ws。',
    example: officialBotUrl,
  },
  WECOM_ARCHIVE_SECRET: {
    missing:
      '填了会话存档的其他变量，还缺会话存档的 Secret：在「管理工具 → 会话内容存档」里查看（不是应用的 Secret）。',
    wrong: blank('会话存档 Secret '),
    example: 'Nq3r…（会话内容存档专用）',
  },
  WECOM_ARCHIVE_PRIVATE_KEYS_DIR: {
    missing: '会话存档需要解密用的私钥目录：每个公钥版本一个文件，文件名是版本号，例如 1.pem、2.pem。',
    wrong: '私钥目录不存在，或里面没有 1.pem 这样以版本号命名的文件。',
    example: './data/wecom-keys',
  },
  WECOM_ARCHIVE_LIB: {
    missing:
      '会话存档需要企业微信官方 SDK 的动态库：从官方文档「获取会话内容 → 下载 SDK」得到 libWeWorkFinanceSdk_C.so。',
    wrong: '找不到会话存档的动态库文件，请写出它在服务器上的完整路径。',
    example: '/opt/wecom/libWeWorkFinanceSdk_C.so',
  },
  WECOM_GROUP_WEBHOOKS: {
    missing: '',
    wrong:
      '群机器人要写成「群名=key」，多个用逗号隔开；key 是群里「消息推送」Webhook 地址中 key= 后面的部分，也可以粘贴整个地址；群名最长 40 字，不能重复。',
    example: '销售日报群=693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa',
  },
} as const;

export type Variable = keyof typeof explain;
