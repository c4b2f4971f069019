/** A quote from the first word to the customer: written, submitted, tapped twice, sent; by people who look before they try again. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { FeishuEmulator, Person } from '../../../sandbox/feishu/index.ts';
import type { QuoteView } from '../../../src/http/contract/quote.ts';
import type { Patience } from './patience.ts';
import type { Seller, Sellers } from './sellers.ts';

const PAUSE_MS = 150;
/** Above the amount from which administrators are asked too. */
const PRICE_MINOR = 60_000_000;

export const REFUSAL = '价格太低';

export interface Place {
  readonly platform: FeishuEmulator;
  /** Where the server listens, when it lives. */
  readonly url: string;
  readonly sellers: Sellers;
  readonly random: () => number;
  readonly patience: Patience;
}

export async function sellByQuote(place: Place, seller: Seller): Promise<void> {
  const { sellers, random } = place;
  const page = openPage(place, seller);
  const id = await page.write();
  await page.act(id, 'submit');
  await tapUntilDone(place, seller.boss, seller.title, '同意');
  await sleep(random() * PAUSE_MS);
  const admin = sellers.admins[random() < 0.5 ? 0 : 1];
  await tapUntilDone(place, admin, seller.title, seller.agreed ? '同意' : '驳回');
  if (seller.agreed) await page.act(id, 'send');
}

/** The pages as one salesperson uses them. */
function openPage({ url, patience }: Place, { cookie, dealId, title }: Seller) {
  /** Null when nobody knows what came of it: the server was gone, or went. */
  async function ask<T>(method: string, path: string, body?: object): Promise<T | null> {
    try {
      const response = await fetch(`${url}/api${path}`, {
        method,
        headers: { cookie, 'x-liaodan': '1', 'content-type': 'application/json' },
        ...(body && { body: JSON.stringify(body) }),
      });
      return response.ok ? ((await response.json()) as T) : null;
    } catch {
      return null;
    }
  }

  return {
    /** Resolves with the quote's id. */
    write: () =>
      patience.until(`the draft of ${title}`, async () => {
        const there = await ask<{ items: { id: string }[] }>('GET', `/deals/${dealId}/quotes`);
        if (!there) return null;
        const [known] = there.items;
        if (known) return known.id;
        const line = { name: '设备', quantityMilli: 1_000, priceMinor: PRICE_MINOR };
        return (await ask<QuoteView>('POST', `/deals/${dealId}/quotes`, { title, lines: [line] }))?.id ?? null;
      }),
    /** Presses a button of the quote's page where it stands; a decision may be later than the answer to its tap. */
    act: (id: string, act: 'submit' | 'send') =>
      patience.until(`${act} of ${title}`, async () => {
        const quote = await ask<QuoteView>('GET', `/quotes/${id}`);
        if (!quote) return null;
        if (act === 'submit' ? quote.status !== 'draft' : quote.status === 'sent') return true;
        if (quote.rights[act]) await ask('POST', `/quotes/${id}/${act}`, { expectedVersion: quote.version });
        return null;
      }),
  };
}

/** Whose card it is taps again when the platform shows an error; a card without buttons has been decided. */
async function tapUntilDone(
  { platform, patience }: Place,
  person: Person,
  title: string,
  button: string,
): Promise<void> {
  const card = await patience.until(`the card of ${title} for ${person.name}`, () =>
    platform.cardsOf(person).find(({ text }) => text.includes(title)),
  );
  await patience.until(`a tap for ${title}`, async () => {
    const result = await platform.tap(person, card.messageId, button, { refuse: REFUSAL });
    const done = result.ok ? result.toast?.type !== 'error' : result.reason === 'no_such_control';
    return done || null;
  });
}
