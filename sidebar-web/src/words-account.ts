/** Words of 我的账号: on which platforms a person is known, and the code that adds another one. */
export const accountWords = {
  open: '我的账号',
  known: (platforms: readonly string[]) => `聊单在${platforms.join('、')}上认识你。`,
  why: '在几个平台上都有账号？并成一个人，客户、商机和提醒就都在一起。',
  make: '拿一个绑定码',
  again: '换一个新的码',
  code: '绑定码',
  how: '用你在另一个平台的账号，私聊那边的聊单，把这个码发过去。',
  until: (time: string) => `${time} 前有效，只用一次。不要把码给别人：谁发了它，谁的账号就并到你这里。`,
  earlier: '你之前拿过一个码，还有效；拿新的以后，旧的就作废。',
} as const;
