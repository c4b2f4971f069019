/** Where people and platforms reach us, as somebody has written it. */

/** An http(s) address to which paths can be added: without a name, a password, a query and a fragment. */
export function isPublicUrl(written: string): boolean {
  if (!/^https?:\/\/\S+$/.test(written) || !URL.canParse(written)) return false;
  const { username, password } = new URL(written);
  return username === '' && password === '' && !/[?#]/.test(written);
}
