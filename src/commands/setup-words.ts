/** Tells whoever runs the server where set-up is and what lets them in. */

/** `origin`: without a slash at the end. */
export const tellSetup = (code: string, origin: string): string =>
  `设置页：${origin}/app/setup\n一次性代码：${code}  （24 小时内有效，用一次就失效；再取一个：npm run crm -- setup）\n`;
