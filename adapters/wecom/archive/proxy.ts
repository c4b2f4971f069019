/** The proxy of the environment, in the two texts the vendor's library wants. */

/** `proxy` is `http://host:port` and `password` is `user:password`; both empty without a proxy. [D:91774] */
export function libraryProxy(variables: Readonly<Record<string, string>>): { proxy: string; password: string } {
  const text = variables.HTTPS_PROXY ?? variables.https_proxy ?? variables.HTTP_PROXY ?? variables.http_proxy ?? '';
  if (!URL.canParse(text)) return { proxy: '', password: '' };
  const { protocol, host, username, password } = new URL(text);
  const secret = username === '' ? '' : `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { proxy: `${protocol}//${host}`, password: secret };
}
