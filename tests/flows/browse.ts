/** A browser reduced to what sessions are about: it keeps cookies, follows no redirect, and sends what it is told. */
import type { SessionView } from '../../src/http/contract/session.ts';

export interface Answer {
  readonly status: number;
  readonly location: string;
  /** JSON as what it says, anything else as text. */
  readonly body: unknown;
}

export interface Browser {
  /** A page's own write has the headers of one unless others are given. */
  send(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  signIn(platform: string, code: string): Promise<Answer>;
  who(): Promise<SessionView>;
  /** The session's token; empty without one. */
  token(): string;
  cookie(name: string): string;
  /** The Set-Cookie lines of the last answer. */
  setCookies(): readonly string[];
}

export function browse(url: string, token = ''): Browser {
  const jar = new Map<string, string>(token ? [['liaodan', token]] : []);
  let lines: readonly string[] = [];
  const own = { 'x-liaodan': '1', 'content-type': 'application/json' };

  async function send(method: string, path: string, body: unknown = null, headers: Record<string, string> = own) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(new URL(path, url), {
      method,
      redirect: 'manual',
      headers: { ...headers, ...(cookie && { cookie }) },
      body: body === null ? null : JSON.stringify(body),
    });
    lines = response.headers.getSetCookie();
    for (const line of lines) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/Max-Age=0;/.test(line)) jar.delete(name);
      else jar.set(name, value);
    }
    const text = await response.text();
    const json = /json/.test(response.headers.get('content-type') ?? '');
    return {
      status: response.status,
      location: response.headers.get('location') ?? '',
      body: json ? JSON.parse(text) : text,
    };
  }

  return {
    send,
    signIn: (platform, code) => send('POST', '/api/session', { platform, code }),
    who: async () => (await send('GET', '/api/session', null, {})).body as SessionView,
    token: () => jar.get('liaodan') ?? '',
    cookie: (name) => jar.get(name) ?? '',
    setCookies: () => lines,
  };
}
