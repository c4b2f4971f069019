/** Puts the rooms of a run into the CRM: their owners, customers, linked chats, and one open deal each. */
import { createSeeder } from '../../sandbox/seed.ts';
import type { App } from '../../src/app.ts';
import type { Room } from './room.ts';

const PER_TRANSACTION = 200;

/** Every deal stands in `contacted`. */
export async function putRooms(app: App, rooms: readonly Room[]): Promise<void> {
  const owners = new Map<string, string>();
  for (let from = 0; from < rooms.length; from += PER_TRANSACTION)
    await app.transact(async (tx) => {
      for (const { platform, code, owner, customer, chat } of rooms.slice(from, from + PER_TRANSACTION)) {
        const seed = createSeeder(tx, app.accounts.find((account) => account.platform === platform)?.id ?? '');
        const key = `${platform}:${owner.id}`;
        const known = owners.get(key);
        const ownerId = known ?? (await seed.employ(owner.name, 'sales', null));
        if (known === undefined) await seed.identify(ownerId, owner.id);
        owners.set(key, ownerId);
        const person = customer
          ? { contactName: customer.name, contactExternalId: customer.id }
          : { contactName: `采购${code}` };
        const customerId = await seed.sell({ name: `公司${code}`, ownerId, ...person });
        const external = customer !== null;
        await seed.link({ externalId: chat.id, name: chat.name, customerId, staffId: ownerId, external });
        const deal = { customerId, ownerId, name: `轴承座 ${code}`, stage: 'contacted', amountMinor: 1_000_000 };
        await seed.deal(deal);
      }
    });
}
