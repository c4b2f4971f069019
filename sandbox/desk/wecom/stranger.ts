/** A customer whom 李娜 has in her address book with a remark, and nobody has added: the form beside the chat is filled with it. */
import type { App } from '../../../src/app.ts';
import type { Scene } from './scene.ts';

const COMPANY = '湖州恒丰泵业';
const BOOK_MS = 10_000;

export async function bringStranger(app: App, { platform, company, companies }: Scene): Promise<string> {
  const { lina } = company.staff;
  await bookRead(app);
  const customer = platform.world.addCustomer({ name: '钱女士' });
  companies.set(customer.externalUserId, COMPANY);
  await platform.addContact(customer, lina).first;
  await platform.editContact(customer, lina, { remark: COMPANY }).first;
  const { openKfId, name } = company.service;
  return platform.world.chatBetween('kf', [customer.externalUserId, openKfId], name).chatId;
}

/** Whoever is in the address book when it is first read is a customer of old, not a new one. */
export async function bookRead(app: App): Promise<void> {
  const until = Date.now() + BOOK_MS;
  while (!(await app.look((tx) => tx.job.find({ name: 'contacts', status: 'done' }))) && Date.now() < until)
    await new Promise((resolve) => setTimeout(resolve, 50));
}
