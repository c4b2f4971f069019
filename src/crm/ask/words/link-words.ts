// Joining the accounts of one person: asking for the code, and saying it.
import type { Spelt } from './spelling.ts';

/** `code`: as it was said, null when one is asked for. Not `sure`: nothing but the code was said, and it may be something else. */
export type LinkOrder = { readonly kind: 'link_account'; readonly code: string | null; readonly sure: boolean };

const order =
  '(?:请|麻烦|帮我|我[要想]|怎么)?(?:绑定|关联|合并)(?:一下|下)?我?的?(?:另一个|多个|其他)?(?:平台)?的?[账帐][号户]';
const asked = new RegExp(`^${order}[.!?~吗吧呢]*$`);
/** Without 0 and O, 1, I and L, as they are made. */
const code = '[2-9a-hjkmnp-z]{4}[ -]?[2-9a-hjkmnp-z]{4}';
const said = new RegExp(`^(${order}|绑定码)?[:,、 ]*(${code})[.!]*$`);
const LONGEST = 40;

export function linkOrderOf({ text }: Spelt): LinkOrder | null {
  if (text.length > LONGEST) return null;
  if (asked.test(text)) return { kind: 'link_account', code: null, sure: true };
  const [, head, given] = said.exec(text) ?? [];
  if (given === undefined || !/\d/.test(given) || !/[a-z]/.test(given)) return null;
  return { kind: 'link_account', code: given, sure: head !== undefined };
}
