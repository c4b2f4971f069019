/** The three emulated platforms as one who taps and one who looks at cards sees them. */
import assert from 'node:assert/strict';
import type { Sandbox } from '../../sandbox/start.ts';

export type HandName = 'feishu' | 'wecom' | 'dingtalk';
export const handNames: readonly HandName[] = ['feishu', 'wecom', 'dingtalk'];

export interface Hand {
  readonly name: HandName;
  /** A new colleague; returns their id there. */
  join(name: string): string;
  /** Ids of the cards on which a person can agree, oldest first; what else they get is not asked here. */
  cardsOf(person: string): string[];
  /** Presses 同意. Throws when nothing came of it. */
  agree(person: string, messageId: string): Promise<void>;
  /** How often a card has changed. */
  updatesOf(messageId: string): number;
  /** What can still be pressed. */
  buttonsOf(messageId: string): readonly string[];
  /** Called whenever anything happens there. */
  subscribe(listener: () => void): () => void;
}

const AGREE = '同意';

export function handsOf({ platform: feishu, wecom, dingtalk }: Sandbox): Readonly<Record<HandName, Hand>> {
  assert.ok(wecom && dingtalk, 'all three platforms are needed');
  const [inWecom, inDingtalk] = [wecom.platform, dingtalk.platform];
  const idsOf = (cards: readonly { readonly messageId: string; readonly buttons: readonly string[] }[]) =>
    cards.filter(({ buttons }) => buttons.includes(AGREE)).map(({ messageId }) => messageId);
  const took = (result: { readonly ok: boolean }) => assert.ok(result.ok, `a tap failed: ${JSON.stringify(result)}`);
  return {
    feishu: {
      name: 'feishu',
      join: (name) => feishu.world.addPerson({ name }).openId,
      cardsOf: (person) => idsOf(feishu.cardsOf(person)),
      agree: async (person, messageId) => took(await feishu.tap(person, messageId, AGREE)),
      updatesOf: (messageId) => feishu.world.message(messageId).updates,
      buttonsOf: (messageId) => feishu.card(messageId).buttons,
      subscribe: feishu.journal.subscribe,
    },
    wecom: {
      name: 'wecom',
      join: (name) => inWecom.world.addMember({ name }).userid,
      cardsOf: (person) => idsOf(inWecom.cardsOf(person)),
      agree: async (person, messageId) => took(await inWecom.tap(person, messageId, AGREE)),
      updatesOf: (messageId) => inWecom.world.message(messageId).updates,
      buttonsOf: (messageId) => inWecom.card(messageId).buttons,
      subscribe: inWecom.journal.subscribe,
    },
    dingtalk: {
      name: 'dingtalk',
      join: (name) => inDingtalk.world.addPerson({ name }).userId,
      cardsOf: (person) => idsOf(inDingtalk.cardsOf(person)),
      agree: async (person, messageId) => took(await inDingtalk.tap(person, messageId, AGREE)),
      updatesOf: (messageId) => inDingtalk.card(messageId).updates,
      buttonsOf: (messageId) => inDingtalk.card(messageId).buttons,
      subscribe: inDingtalk.journal.subscribe,
    },
  };
}
