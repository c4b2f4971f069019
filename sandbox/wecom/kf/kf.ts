/** 微信客服 as one piece: accounts, talk, sessions, and the API over them. */
import type { Delivery } from '../../platform/deliveries.ts';
import type { Core } from '../core.ts';
import type { Route } from '../reply.ts';
import { createKfAdminApi } from './admin-api.ts';
import { createKfBook, type KfBook } from './book.ts';
import { createKfReadingApi } from './reading-api.ts';
import { createKfSendingApi, type KfSending } from './sending-api.ts';
import { createSessions, type Sessions } from './sessions.ts';
import { createKfTalk, type KfRef, type KfTalk } from './talk.ts';

export interface Kf extends KfTalk, Pick<KfBook, 'accounts' | 'addAccount' | 'account' | 'ring' | 'shortPages'> {
  readonly sessions: Sessions;
  readonly failDeliveries: KfSending['failDeliveries'];
  /** Gives accounts to our app or takes them away, in the console; the app is told. */
  setManaged(accounts: readonly KfRef[], managed: boolean): Delivery;
}

export function createKf(
  core: Core,
  knownMedia: (id: string) => boolean,
): { readonly kf: Kf; readonly routes: readonly Route[] } {
  const book = createKfBook(core);
  const sessions = createSessions(core, book);
  const sending = createKfSendingApi(core, book, sessions, knownMedia);
  const routes = [
    ...createKfReadingApi(core, book, sessions),
    ...sending.routes,
    ...createKfAdminApi(core, book, sessions),
  ];
  const { accounts, addAccount, account, ring, shortPages } = book;
  const kf: Kf = {
    ...createKfTalk(core, book, sessions),
    ...{ accounts, addAccount, account, ring, shortPages, sessions },
    failDeliveries: sending.failDeliveries,
    setManaged(refs, managed) {
      const ids = refs.map((ref) => {
        const one = book.account(ref);
        one.managed = managed;
        return one.openKfId;
      });
      const list = managed ? { AuthAddOpenKfId: ids } : { AuthDelOpenKfId: ids };
      return core.deliveries.send(core.events.sysEvent('kf_account_auth_change', list));
    },
  };
  return { kf, routes };
}
