/** A colleague asks the bot: about a customer, about their own day, or to bind, note or create something. */
import { tellPerson } from '../card/tell-person.ts';
import type { AskedData } from '../rows/cards.ts';
import type { StaffRow } from '../rows/people.ts';
import type { ChatRow } from '../rows/words.ts';
import type { Tx } from '../tx.ts';
import { bindingRefusal, bindTo } from './bind-chat.ts';
import { HELP } from './help.ts';
import { linkAccount } from './link-account.ts';
import { nameGroup, unnameGroup } from './name-group.ts';
import type { KnownName } from './names/known-name.ts';
import { createCustomer } from './new-customer.ts';
import { openAnswer } from './open-answer.ts';
import { remindMe } from './remind-me.ts';
import { noteAbout } from './take-note.ts';
import { type Ask, understand } from './understand.ts';

export interface Asking {
  readonly accountId: string;
  readonly staff: StaffRow;
  /** The group it was asked in; null when the colleague wrote to the bot alone. */
  readonly chat: ChatRow | null;
  readonly text: string;
}

/** More candidates than one reads are no help: the colleague is asked to say more. */
const MOST_CANDIDATES = 10;

/** False when the words are no question but a customer's, handed over. `mayBeAsk` has had its first look. */
export async function askBot(tx: Tx, asking: Asking): Promise<boolean> {
  const here = asking.chat?.customerId ?? null;
  const ask = understand(asking.text, await tx.queries.nameBook(), { linked: here !== null });
  if (!ask) return false;
  // In a group a code alone is more likely the number of a part.
  if (ask.kind === 'link_account' && !ask.sure && asking.chat !== null) return false;
  const reply = await answer(tx, asking, ask, here);
  if (reply !== null) await tellPerson(tx, { staffId: asking.staff.id, accountId: asking.accountId, text: reply });
  return true;
}

/** Does what was asked; a short reply where no card says it. */
async function answer(tx: Tx, asking: Asking, ask: Ask, here: string | null): Promise<string | null> {
  switch (ask.kind) {
    case 'help':
      return HELP;
    case 'agenda':
      await openAnswer(tx, asking, { topic: 'agenda', customerId: null, candidates: [], purpose: { kind: 'answer' } });
      return null;
    case 'name_group':
      return nameGroup(tx, asking, ask.group, ask.replace);
    case 'unname_group':
      return unnameGroup(tx, asking, ask.group);
    case 'link_account':
      return linkAccount(tx, asking, ask.code);
    case 'new_customer':
      return createCustomer(tx, asking, ask);
    case 'bind': {
      const refusal = await bindingRefusal(tx, asking, ask);
      if (refusal !== null || !asking.chat) return refusal;
      return about(tx, asking, ask, null, 'overview', { kind: 'bind', chatId: asking.chat.id });
    }
    case 'remind': {
      const [only, another] = ask.matches;
      const named = only !== undefined && another === undefined ? only.id : null;
      return remindMe(tx, asking.staff, {
        text: ask.text,
        customerId: named ?? (ask.matches.length === 0 ? here : null),
      });
    }
    case 'note':
      if (ask.text === '') return '要记什么？这样发：记一下 恒锐 周五回访';
      if (ask.name === null && here === null) return `要记在哪个客户上？这样发：记一下 客户名 ${ask.text}`;
      return about(tx, asking, ask, here, 'overview', { kind: 'note', text: ask.text });
    case 'customer':
      if (ask.name === null && here === null) return HELP;
      return about(tx, asking, ask, here, ask.topic, { kind: 'answer' });
  }
}

/** One customer: done at once. Several: asked back, once. None: said, with the way out. */
async function about(
  tx: Tx,
  asking: Asking,
  ask: { readonly name: string | null; readonly matches: readonly KnownName[] },
  here: string | null,
  topic: string,
  purpose: AskedData['purpose'],
): Promise<string | null> {
  const ids = ask.name === null && here !== null ? [here] : ask.matches.map(({ id }) => id);
  if (ids.length === 0) return `没有找到客户「${ask.name}」。换个写法再试，或发“新建客户 ${ask.name}”来建。`;
  if (ids.length > MOST_CANDIDATES) return `叫「${ask.name}」的客户有 ${ids.length} 个，请把名字说得完整些。`;
  const [only] = ids;
  if (only === undefined || ids.length > 1) {
    await openAnswer(tx, asking, { topic, customerId: null, candidates: ids, purpose });
    return null;
  }
  if (purpose.kind === 'bind') return bindTo(tx, asking.staff, only, purpose.chatId);
  if (purpose.kind === 'note') return noteAbout(tx, asking.staff, only, purpose.text);
  await openAnswer(tx, asking, { topic, customerId: only, candidates: [], purpose });
  return null;
}
