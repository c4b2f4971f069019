/** What the pipeline looks like, of everybody and of every day, and which day's picture has been sent where. */
import { business, id, indexes, integer, long, str, tables, together, without } from './dsl.ts';

export const dailyPicture = together(
  'DailyPicture1763800000015',
  tables('', {
    /** A colleague's open deals and their day, as they were counted last; the id is the colleague's. */
    owner_figure: business({ figures: long, counted_at: integer }),
    /** The same of the company and of each department, as they stood on a day at the hour of the picture. */
    daily_figure: business(
      {
        /** Local date `YYYY-MM-DD`. */
        day: str(10),
        /** `company`, or a department's id. */
        scope: id,
        figures: long,
        counted_at: integer,
      },
      { unique: [['tenant_id', 'day', 'scope']] },
    ),
    /** The day's picture went to a group; the id is `YYYY-MM-DD:` and the key of the group: once a day. */
    daily_picture: business({ day: str(10), group_key: id, chat_id: id, sent_at: integer }),
  }),
  indexes('', {
    // Everything a count of open deals asks of them, in the order in which it is told.
    opportunity: [
      ['tenant_id', 'status', 'stage', 'owner_id', 'amount_minor', 'stage_entered_at'],
      ['tenant_id', 'closed_at'],
    ],
    // The worst first, of these those that have stood longest.
    stage_clock: [['tenant_id', 'stage', 'level', 'from_at', 'id']],
  }),
  // The beginning of the first of the new ones.
  without(indexes('', { opportunity: [['tenant_id', 'status', 'stage']] })),
);
