/** A platform's login page as a browser meets it: here one chooses whose telephone scans, instead of scanning. */
import type { ServerResponse } from 'node:http';

export interface LoginPage {
  readonly platform: string;
  /** Who may be behind the telephone, and where the browser goes when it is them. */
  readonly people: readonly { readonly name: string; readonly href: string }[];
}

const escaped = (words: string): string => words.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

const page = (title: string, body: string): string => `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>${title}</title>
<style>body{max-width:360px;margin:10vh auto;padding:0 24px;font:16px/1.6 -apple-system,"PingFang SC","Microsoft YaHei",sans-serif;text-align:center}
ul{padding:0;list-style:none}a{display:block;margin:8px 0;padding:10px;border:1px solid #8888;border-radius:8px;color:inherit;text-decoration:none}</style>
</head><body>${body}</body></html>
`;

export function showLogin(response: ServerResponse, { platform, people }: LoginPage): void {
  const items = people.map(({ name, href }) => `<li><a href="${escaped(href)}">${escaped(name)}</a></li>`).join('');
  const words = `<h1>${platform}登录</h1><p>这里是演示：选一位同事，当作用手机扫了码。</p><ul>${items}</ul>`;
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
  response.end(page(`${platform}登录`, words));
}

/** The platform's own refusal, on its own page: the browser never comes back from it. */
export function showLoginFault(response: ServerResponse, platform: string, fault: string): void {
  response.writeHead(400, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
  response.end(page(`${platform}登录`, `<h1>${platform}没有让登录</h1><p>${escaped(fault)}</p>`));
}

/** The same address once somebody is chosen. */
export function asPerson(url: URL, id: string): string {
  const chosen = new URLSearchParams(url.search);
  chosen.set('as', id);
  return `?${chosen}`;
}

/** Back to the app, with what the platform adds. */
export function returnTo(address: string, added: Readonly<Record<string, string>>): string {
  const url = new URL(address);
  for (const [name, value] of Object.entries(added)) url.searchParams.set(name, value);
  return url.href;
}
