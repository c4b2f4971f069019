/** What the settings page and the start-up message say about each FEISHU_ variable. */

export const officialBase = 'https://open.feishu.cn';

/** Where browsers without the client sign in (https://open.feishu.cn/document/authentication-management/access-token/obtain-oauth-code). */
export const officialAccounts = 'https://accounts.feishu.cn';

/** The newest script that the client's documentation names (H5 JSAPI, 引入 JSSDK). */
export const officialJsSdk = 'https://lf-scm-cn.feishucdn.com/lark/op/h5-js-sdk-1.5.44.js';

export const explain = {
  FEISHU_APP_ID: {
    missing: '缺少飞书应用的 App ID：在飞书开放平台「凭证与基础信息」里复制。',
    wrong: 'App ID 的样子不对：应是 cli_ 加 16 位十六进制字符，请从「凭证与基础信息」整段复制。',
    example: 'cli_a1b2c3d4e5f60718',
  },
  FEISHU_APP_SECRET: {
    missing: '缺少飞书应用的 App Secret：在飞书开放平台「凭证与基础信息」里复制。',
    wrong: 'App Secret 里有空白字符，多半是复制时带进来的，请重新复制。',
    example: 'Xy3k9…（32 位字符）',
  },
  FEISHU_ENCRYPT_KEY: {
    missing:
      '用 webhook 接收事件必须有 Encrypt Key：在「事件与回调 → 加密策略」里设置并复制。没有公网地址时可改用 FEISHU_MODE=websocket。',
    wrong: 'Encrypt Key 里有空白字符，多半是复制时带进来的，请重新复制。',
    example: 'p8Qm2…（与「加密策略」里的一致）',
  },
  FEISHU_VERIFICATION_TOKEN: {
    missing: '用 webhook 接收事件必须有 Verification Token：在「事件与回调 → 加密策略」里复制。',
    wrong: 'Verification Token 里有空白字符，多半是复制时带进来的，请重新复制。',
    example: 'rvaY7…（32 位字符）',
  },
  FEISHU_MODE: {
    missing: '',
    wrong: '接收方式只能是 webhook（飞书访问本机的公网地址）或 websocket（本机主动建立长连接）。',
    example: 'websocket',
  },
  FEISHU_API_BASE: {
    missing: '',
    wrong: '接口地址要写成 https://域名，不带问号和井号；只有本机地址可以用 http。',
    example: officialBase,
  },
  FEISHU_ACCOUNTS_BASE: {
    missing: '',
    wrong: '网页登录的地址要写成 https://域名，不带问号和井号；只有本机地址可以用 http。',
    example: officialAccounts,
  },
  FEISHU_JS_SDK_URL: {
    missing: '',
    wrong: '页面脚本的地址要写成 https://域名/路径，不带问号和井号；只有本机地址可以用 http。',
    example: officialJsSdk,
  },
} as const;
