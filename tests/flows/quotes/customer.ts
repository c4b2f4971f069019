/** A customer with a phone, and programs that only look: requests to a quote's public page. */

/** As WeChat's browser calls itself on a phone. */
export const PHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.53';

export function customerAt(port: number, headers: Record<string, string> = {}) {
  const ask = (path: string, method = 'GET', more: Record<string, string> = {}) =>
    fetch(`http://127.0.0.1:${port}/${path}`, {
      method,
      headers: { 'user-agent': PHONE, ...headers, ...more },
      redirect: 'manual',
    });
  return {
    ask,
    /** The words of the page, as a reader has them. */
    async read(path: string): Promise<{ readonly status: number; readonly html: string }> {
      const response = await ask(path);
      return { status: response.status, html: await response.text() };
    },
    /** What the page's script says once it is in front of somebody. */
    open: (path: string) => ask(`${path}/opened`, 'POST', { 'sec-fetch-site': 'same-origin' }),
    async bytes(path: string): Promise<Buffer> {
      return Buffer.from(await (await ask(path)).arrayBuffer());
    },
  };
}
