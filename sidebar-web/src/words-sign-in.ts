/** Words of the page that offers the platforms' own login. */
export const signInWords = {
  title: '登录聊单',
  one: '用公司的账号登录，登录后回到你要看的页面。',
  several: '选你上班用的那一个。用哪个登录都一样，看到的是同一份客户。',
  none: { title: '请在聊天里打开聊单', hint: '这里还没有接入能在浏览器里登录的平台。请从飞书、企业微信或钉钉里打开。' },
  ways: {
    wecom: { name: '企业微信', how: '用手机企业微信扫码' },
    feishu: { name: '飞书', how: '扫码，或用飞书账号' },
    dingtalk: { name: '钉钉', how: '扫码，或用钉钉账号' },
  } as Readonly<Record<string, { readonly name: string; readonly how: string }>>,
  by: (name: string) => `用${name}登录`,
  /** Why the last try did not work, and what to do. */
  failed: {
    sign_in: '没有登录成功：登录码过期了，或不是本公司的账号。请再试一次。',
    stranger: '聊单还不认识你。请管理员同步通讯录，或先给聊单机器人发一条消息，再登录。',
    inactive: '你的账号已停用，不能再使用聊单。如有疑问，请联系管理员。',
    too_many: '登录失败的次数太多，请一分钟后再试。',
    unavailable: '平台暂时没有回应，请稍后再试。',
    not_connected: '这个平台没有接入聊单，请换一个登录。',
    ok: '登录没有保存下来：请允许浏览器保存 Cookie，再试一次。',
  } as Readonly<Record<string, string>>,
  signOut: '退出登录',
} as const;
