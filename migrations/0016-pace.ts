/** How fast messages go to one person or chat, over all instances. */
import { id, integer, str, tables } from './dsl.ts';

export const pace = tables('Pace1763800000016', {
  pace: {
    columns: {
      tenant_id: id,
      account_id: id,
      /** `person:` or `chat:` and the platform's id. */
      place: str(140),
      /** When what was sent there would have left at an even pace, ms. */
      free_at: integer,
    },
    primary: ['tenant_id', 'account_id', 'place'],
    index: [['free_at']],
  },
});
