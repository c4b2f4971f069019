/** Tells whoever runs the server where set-up is and what lets them in. */

/** `origin`: where colleagues reach the server; `local`: what opens on its own machine, even where the former is wrong. Neither ends with a slash. */
export const tellSetup = (code: string, origin: string, local: string): string =>
  `设置页：${origin}/app/setup\n${origin === local ? '' : `打不开时，在这台服务器上打开：${local}/app/setup\n`}一次性代码：${code}  （24 小时内有效，用一次就失效；再取一个：npm run crm -- setup）\n`;
