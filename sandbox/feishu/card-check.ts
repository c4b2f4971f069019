/** Judges the `content` of a card message and words the refusal as error 230099 does. */
import type { Core } from './core.ts';
import { type Reply, refuse } from './reply.ts';

/** Null when the platform would show the card. */
export function checkCard(core: Core, content: string): Reply | null {
  try {
    JSON.parse(content);
    return null;
  } catch {
    return cardRefusal(core, 200621, 'ROOT', 'parse card json err');
  }
}

/** Error 230099 with its sub code in the message (feishu.md §7.6), and a complaint. */
export function cardRefusal(core: Core, code: number, path: string, message: string): Reply {
  core.journal.complain('invalid_card', `${code} at ${path}: ${message}`);
  return refuse(230099, `Failed to create card content, ext=ErrCode: ${code}; ErrPath: ${path}; ErrMsg: ${message}; `);
}
