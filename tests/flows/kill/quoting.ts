/** A quote from the first word to the customer: written, submitted, tapped twice, sent; by people who look before they try again. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { FeishuEmulator, Person } from '../../../sandbox/feishu/index.ts';
import type { QuoteView } from '../../../src/http/contract/quote.ts';
import type { Seller, Sellers } from './sellers.ts';

const PATIENCE_MS = 90_000;
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
}

export async function sellByQuote(place: Place, seller: Seller): Promise<void> {
  const { sellers, random } = place;
  const page = openPage(place.url, seller);
  const id = await page.write();
  await page.act(id, 'submit', 'draft');
  await tapUntilDone(place, sellers.boss, seller.title, '同意');
  await sleep(random() * PAUSE_MS);
  const admin = sellers.admins[random() < 0.5 ? 0 : 1];
  await tapUntilDone(place, admin, seller.title, seller.agreed ? '同意' : '驳回');
  if (seller.agreed) await page.act(id, 'send', 'approved');
}

/** The pages as one salesperson uses them. */
function openPage(url: string, { cookie, dealId, title }: Seller) {
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

  async function until<T>(what: string, look: () => Promise<T | null>): Promise<T> {
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      const found = await look();
      if (found !== null) return found;
      if (Date.now() > deadline) throw new Error(`${what} of ${title} never came true`);
      await sleep(PAUSE_MS);
    }
  }

  return {
    /** Resolves with the quote's id. */
    write: () =>
      until('the draft', async () => {
        const there = await ask<{ items: { id: string }[] }>('GET', `/deals/${dealId}/quotes`);
        if (!there) return null;
        const [known] = there.items;
        if (known) return known.id;
        const line = { name: '设备', quantityMilli: 1_000, priceMinor: PRICE_MINOR };
        return (await ask<QuoteView>('POST', `/deals/${dealId}/quotes`, { title, lines: [line] }))?.id ?? null;
      }),
    /** Presses a button of the quote's page, as long as the quote stands where the button is. */
    act: (id: string, act: 'submit' | 'send', from: QuoteView['status']) =>
      until(act, async () => {
        const quote = await ask<QuoteView>('GET', `/quotes/${id}`);
        if (!quote) return null;
        if (quote.status !== from) return true;
        await ask('POST', `/quotes/${id}/${act}`, { expectedVersion: quote.version });
        return null;
      }),
  };
}

/** Whose card it is taps again when the platform shows an error; a card without buttons has been decided. */
async function tapUntilDone({ platform }: Place, person: Person, title: string, button: string): Promise<void> {
  const card = await platform.waitForCard(person, title, {
    timeoutMs: PATIENCE_MS,
    what: `the card of ${title} for ${person.name}`,
  });
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const result = await platform.tap(person, card.messageId, button, { refuse: REFUSAL });
    if (result.ok && result.toast?.type !== 'error') return;
    if (!result.ok && result.reason === 'no_such_control') return;
    if (Date.now() > deadline) throw new Error(`a tap for ${title} never worked: ${JSON.stringify(result)}`);
    await sleep(PAUSE_MS);
  }
}
