/** What the settings page and the start-up message say about each DINGTALK_ variable. */

export const officialApiBase = 'https://api.dingtalk.com';
export const officialOapiBase = 'https://oapi.dingtalk.com';

/** The script that pages in the client use in practice; 3.x knows the message menu. */
export const officialJsSdk = 'https://g.alicdn.com/dingding/dingtalk-jsapi/3.0.25/dingtalk.open.js';

/** Where browsers without the client sign in (https://open.dingtalk.com/document/orgapp/tutorial-obtaining-user-personal-information). */
export const officialLoginBase = 'https://login.dingtalk.com';

/** "Markdown with buttons", public, as DingTalk's own SDKs name it (card_instance.py of dingtalk-stream-sdk-python). */
export const publicTemplate = '1366a1eb-bc54-4859-ac88-517c56a9acb1.schema';

/** What the free edition allows a whole company per calendar month since 2025-11-19. */
export const freeCalls = 5000;
export const freePushes = 3000;

const whole = '要写成正整数。';

export const explain = {
  DINGTALK_CLIENT_ID: {
    missing: '缺少钉钉应用的 Client ID：在钉钉开放平台打开应用，到「凭证与基础信息」里复制（旧称 AppKey）。',
    wrong: 'Client ID 的样子不对：应是一段字母和数字，中间没有空格，请从「凭证与基础信息」整段复制。',
    example: 'dingabcdefgh12345678',
  },
  DINGTALK_CLIENT_SECRET: {
    missing: '缺少钉钉应用的 Client Secret：在「凭证与基础信息」里复制（旧称 AppSecret）。',
    wrong: 'Client Secret 中间有空白字符，多半是复制时带进来的，请重新复制。',
    example: 'Xy3k9…（64 位字符，与 Client ID 在同一页）',
  },
  DINGTALK_ROBOT_CODE: {
    missing: '',
    wrong: 'RobotCode 中间有空白字符，请从应用的「机器人」页面重新复制；多数应用与 Client ID 相同，可以不填。',
    example: '（多数应用与 Client ID 相同，可以不填）',
  },
  DINGTALK_CORP_ID: {
    missing: '缺少企业的 CorpId：在钉钉开放平台首页右上角，点企业名称旁的图标可以看到。',
    wrong: 'CorpId 的样子不对：应是 ding 开头的一段字母和数字，请从钉钉开放平台首页右上角整段复制。',
    example: 'ding9f50b15bccd16741',
  },
  DINGTALK_CARD_TEMPLATE_ID: {
    missing: '',
    wrong:
      '卡片模板 ID 的样子不对：应以 .schema 结尾，请从卡片平台整段复制；不填就用钉钉公共的「Markdown + 按钮」模板。',
    example: publicTemplate,
  },
  DINGTALK_MODE: {
    missing: '',
    wrong: '接收方式只能是 stream（本机主动连钉钉，不需要公网地址）或 webhook（钉钉访问本机的公网地址）。',
    example: 'stream',
  },
  DINGTALK_TOKEN: {
    missing:
      '用 webhook 接收事件必须有签名 Token：在应用的「事件订阅 → HTTP 推送」里生成并复制。没有公网地址时可改用 DINGTALK_MODE=stream。',
    wrong: '签名 Token 应是 3 到 32 位字母和数字，请与「事件订阅 → HTTP 推送」里的保持一致。',
    example: 'QDG6eK',
  },
  DINGTALK_AES_KEY: {
    missing: '用 webhook 接收事件必须有加密 aes_key：在应用的「事件订阅 → HTTP 推送」里生成并复制。',
    wrong: '加密 aes_key 应是正好 43 位字母和数字，没有等号和空格，请从「事件订阅 → HTTP 推送」整段复制。',
    example: 'o1w0aum42yaptlz8alnhwikjd3jenzt9cb9wmzptgus',
  },
  DINGTALK_API_BASE: {
    missing: '',
    wrong: '接口地址要写成 https://域名，不带问号和井号；只有本机地址可以用 http。',
    example: officialApiBase,
  },
  DINGTALK_OAPI_BASE: {
    missing: '',
    wrong: '旧版接口地址要写成 https://域名，不带问号和井号；只有本机地址可以用 http。',
    example: officialOapiBase,
  },
  DINGTALK_JS_SDK_URL: {
    missing: '',
    wrong: '页面脚本的地址要写成 https://域名/路径，不带问号和井号；只有本机地址可以用 http。',
    example: officialJsSdk,
  },
  DINGTALK_LOGIN_BASE: {
    missing: '',
    wrong: '网页登录的地址要写成 https://域名，不带问号和井号；只有本机地址可以用 http。',
    example: officialLoginBase,
  },
  DINGTALK_LINK_STYLE: {
    missing: '',
    wrong: '卡片里的链接只能是 panel（在钉钉的侧边打开）或 plain（普通网址）。',
    example: 'panel',
  },
  DINGTALK_AGENT_ID: {
    missing: '',
    wrong: 'AgentId 应是一串数字，请从应用的「凭证与基础信息」里复制；只有用消息菜单“加入聊单”时才需要。',
    example: '3012345678',
  },
  DINGTALK_MONTHLY_CALLS: {
    missing: '',
    wrong: `企业每月的 API 调用次数${whole}`,
    example: `${freeCalls}（标准版；买了专业版或加量包就填那个数）`,
  },
  DINGTALK_MONTHLY_PUSHES: {
    missing: '',
    wrong: `企业每月的 Webhook 与 Stream 调用次数${whole}`,
    example: `${freePushes}（标准版；买了专业版或加量包就填那个数）`,
  },
} as const;

export type Variable = keyof typeof explain;
