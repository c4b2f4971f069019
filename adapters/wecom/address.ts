/** Reads an address that an administrator wrote. */

/** The address without a slash at its end, or null when it is none. Unencrypted it would show secrets to the network: loopback only. */
export function readAddress(text: string, official: string, scheme: 'http' | 'ws'): string | null {
  if (text.trim() === '') return official;
  if (/\s/.test(text) || !URL.canParse(text)) return null;
  const url = new URL(text);
  const bare = url.search === '' && url.hash === '' && url.username === '' && url.password === '';
  const loopback = ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  const safe = url.protocol === `${scheme}s:` || (url.protocol === `${scheme}:` && loopback);
  return bare && safe ? `${url.protocol}//${url.host}${url.pathname.replace(/\/+$/, '')}` : null;
}
