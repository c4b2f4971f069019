/** What platforms are called with, bought by one instance for all. */
import { id, integer, long, str, tables } from './dsl.ts';

export const sharedTokens = tables('SharedTokens1763800000017', {
  shared_token: {
    columns: {
      tenant_id: id,
      account_id: id,
      name: str(40),
      /** Sealed with a key made of the secret that it was bought with; empty until the first. */
      sealed: long,
      /** Until when it is used, ms. */
      used_until: integer,
      /** The instance that is buying the next one, and until when it has the time for it, ms. */
      renewed_by: id.optional,
      renew_until: integer,
    },
    primary: ['tenant_id', 'account_id', 'name'],
  },
});
