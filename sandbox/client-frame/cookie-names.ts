/** One webview's cookies in a browser that keeps many webviews': under a path and names of their own, so that no seat meets another's. */
import { createHash } from 'node:crypto';

export interface CookieNames {
  /** A `Set-Cookie` of the sandbox, as the browser is to keep it. */
  asGiven(setCookie: string): string;
  /** The browser's `Cookie`, as the webview would send it. */
  asAsked(cookie: string): string;
}

/** `frame`: the path below which this webview is. */
export function cookieNames(frame: string): CookieNames {
  const mark = `w${createHash('sha256').update(frame).digest('hex').slice(0, 8)}.`;
  return {
    asGiven: (setCookie) =>
      mark + setCookie.replace(/;\s*path=([^;]*)/i, (_, path: string) => `; Path=${frame}${path}`),
    asAsked: (cookie) =>
      cookie
        .split('; ')
        .filter((one) => one.startsWith(mark))
        .map((one) => one.slice(mark.length))
        .join('; '),
  };
}
