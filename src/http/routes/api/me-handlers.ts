/** The API's operations on the person's own accounts. */
import { done } from '../../../crm/access/desk.ts';
import { makeLinkCode, myAccounts } from '../../../crm/staff/my-accounts.ts';
import type { Handlers } from './handling.ts';

export const meHandlers: Pick<Handlers, 'myAccounts' | 'makeLinkCode'> = {
  myAccounts: async (desk) => done(await myAccounts(desk)),
  makeLinkCode: (desk) => makeLinkCode(desk),
};
