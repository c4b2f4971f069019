/** The list of migrations, oldest first. A migration that has been released never changes. */
import { people } from './0001-people.ts';
import { deals } from './0002-deals.ts';
import { chats } from './0003-chats.ts';
import { machinery } from './0004-machinery.ts';
import { asking } from './0005-asking.ts';
import { organisation } from './0006-organisation.ts';
import { dayOne } from './0007-day-one.ts';
import { pageIndexes } from './0008-page-indexes.ts';
import { quotesApprovals } from './0009-quotes-approvals.ts';
import { agendaIndexes } from './0010-agenda-indexes.ts';
import { approvalNotes } from './0011-approval-notes.ts';
import { filesWishes } from './0012-files-wishes.ts';
import { stageClock } from './0013-stage-clock.ts';
import { stageTasks } from './0014-stage-tasks.ts';
import { dailyPicture } from './0015-daily-picture.ts';
import { pace } from './0016-pace.ts';
import { sharedTokens } from './0017-shared-tokens.ts';

export const migrations = [
  people,
  deals,
  chats,
  machinery,
  asking,
  organisation,
  dayOne,
  pageIndexes,
  quotesApprovals,
  agendaIndexes,
  approvalNotes,
  filesWishes,
  stageClock,
  stageTasks,
  dailyPicture,
  pace,
  sharedTokens,
];
