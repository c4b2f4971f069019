/** What stands where a quote cannot be read, without a word of what it said: why, as far as that may be known, and what to do. */
import { html } from './html.ts';
import { customerPage } from './shell.ts';

export type Gone = 'unknown' | 'replaced' | 'over' | 'too_often' | 'busy' | 'trouble' | 'thanks';

interface Said {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
}

const SAID: Readonly<Record<Gone, Said>> = {
  // The same for a link that never was, one that was taken back and one whose time is over.
  unknown: {
    status: 404,
    title: '这个链接打不开了',
    detail: '它可能已经失效或停用，也可能地址没有复制完整。请联系给你报价的销售，要一个新的链接。',
  },
  replaced: {
    status: 410,
    title: '这份报价已有新版本',
    detail: '这里原来的价格不再有效。请联系给你报价的销售，要新版本的链接。',
  },
  over: {
    status: 410,
    title: '这份报价已过有效期',
    detail: '价格可能有变化。请联系给你报价的销售，确认后再发一份给你。',
  },
  too_often: { status: 429, title: '打开得太频繁了', detail: '请一分钟后再试。' },
  busy: { status: 503, title: '现在下载的人太多', detail: '请几秒后再点一次。' },
  thanks: { status: 200, title: '谢谢', detail: '已经告诉报价人你收到了。返回上一页可以继续看报价单。' },
  trouble: { status: 500, title: '暂时打不开', detail: '请稍后再试。一直打不开，请联系给你报价的销售。' },
};

/** `up`: `../` for an address one folder below the page's. */
export function gonePage(why: Gone, up = ''): { readonly status: number; readonly body: string } {
  const { status, title, detail } = SAID[why];
  const body = html`<main class="gone"><h1>${title}</h1><p>${detail}</p></main>`;
  return { status, body: customerPage({ title, body, script: null, up }) };
}
