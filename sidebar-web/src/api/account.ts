/** The calls about the person's own accounts, typed by the server's contract. */
import type { LinkCodeView, MyAccountsView } from '../../../src/http/contract/link-code.ts';
import { askSignedIn as ask } from './signed-in.ts';

export const accountApi = {
  mine: () => ask<MyAccountsView>('me/link-code'),
  makeCode: () => ask<LinkCodeView>('me/link-code', {}),
} as const;
