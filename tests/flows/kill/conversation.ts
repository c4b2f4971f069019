/** What is said about one deal from first contact to payment, and the one tap it takes; patient with a server that dies. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { FeishuEmulator, Said } from '../../../sandbox/feishu/index.ts';
import type { Deal } from './company.ts';
import type { Patience } from './patience.ts';

/** The stages a deal goes through when the conversation is over, with what caused each move. */
export const MOVES = ['quoted:signal', 'sampling:signal', 'contracted:confirmed', 'fulfilling:signal'];
/** Digest and question. */
export const CARDS_PER_DEAL = 2;

export interface Talk {
  /** Platform ids of everything that was said. */
  readonly messageIds: string[];
  taps: number;
  /** Settles when the last kill is over: from then on the platform's long waits are cut short. */
  readonly calm: Promise<void>;
  readonly patience: Patience;
}

export async function converse(platform: FeishuEmulator, deal: Deal, random: () => number, talk: Talk): Promise<void> {
  const { customer, sales, chat } = deal;
  const say = (who: typeof customer, words: string): Said => {
    const said = platform.say(who, chat, words, { flaws: random() < 0.2 ? { copies: 2 } : {} });
    talk.messageIds.push(said.messageId);
    return said;
  };
  /** People go on when their message is out, and a little later. */
  const sayAndWait = async (who: typeof customer, words: string): Promise<void> => {
    await delivered(platform, say(who, words), talk);
    await sleep(random() * 150);
  };

  await sayAndWait(customer, '你好，我们想了解一下轴承座');
  await sayAndWait(customer, '帮我报下价');
  const chatter = Promise.all(['好的', '在吗', '辛苦了'].map((words) => delivered(platform, say(sales, words), talk)));
  // What becomes of it is asked at the end; until then it is nobody's fault.
  chatter.catch(() => {});
  await sayAndWait(sales, '样品寄出了');
  await sayAndWait(customer, '合同什么时候能签');
  const question = await talk.patience.until(`the question of ${deal.name}`, () =>
    platform.cardsOf(sales).find(({ text }) => text.includes('合同什么时候能签')),
  );
  await tapUntilDone(platform, deal, question.messageId, talk);
  await sayAndWait(customer, '首款打过去了');
  await chatter;
}

/** Resolves when the product took the message; the platform's last tries are hours apart, so they are brought forward. */
async function delivered(platform: FeishuEmulator, { delivery }: Said, talk: Talk): Promise<void> {
  if (!delivery) throw new Error('the bot does not hear this chat');
  await Promise.race([delivery.done, talk.calm]);
  await talk.patience.until('a message that is taken', async () => {
    if (delivery.outcomes.some(({ accepted }) => accepted)) return true;
    return (await platform.deliveries.replay(delivery.eventId))?.accepted || null;
  });
}

/** Feishu does not repeat taps: a person who sees an error taps again. */
async function tapUntilDone(platform: FeishuEmulator, deal: Deal, messageId: string, talk: Talk): Promise<void> {
  let promised = false;
  await talk.patience.until(`the tap of ${deal.name}`, async () => {
    // Without the button a tap was decided, though its answer may have been lost, or have been 已收到.
    const open = platform.cardsOf(deal.sales).some((card) => card.messageId === messageId && card.buttons.length > 0);
    if (!open) return true;
    if (promised) return null;
    talk.taps += 1;
    const result = await platform.tap(deal.sales, messageId, '推进到「合同签订」');
    promised = result.ok && result.toast?.type !== 'error';
    return null;
  });
}
