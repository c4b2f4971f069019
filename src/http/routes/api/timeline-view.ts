/** A customer's timeline as the contract shows it, and its place marks. */
import type { Happening, Place } from '../../../crm/access/readable.ts';
import type { Tx } from '../../../crm/tx.ts';
import type { TimelineItemView } from '../../contract/timeline.ts';
import { changeView } from './deal-view.ts';
import { type Names, personView } from './names.ts';

export function happeningView(tx: Tx, names: Names, happening: Happening): TimelineItemView {
  const { kind, at } = happening;
  const { id } = happening.row;
  switch (kind) {
    case 'message': {
      const { speaker, speakerName, text } = happening.row;
      return { kind, id, at, speaker, speakerName, text, chatName: happening.chatName };
    }
    case 'stage':
      return { kind, id, at, change: changeView(tx, names, happening.deal, happening.row) };
    case 'activity': {
      const { staffId, text, kind: how } = happening.row;
      return { kind, id, at, by: personView(names, staffId).name, how, text };
    }
  }
}

export const placeMark = ({ at, row }: Happening): string => `${at}.${row.id}`;

/** Null when it is no mark of ours. */
export function readPlaceMark(mark: string): Place | null {
  const [, at, id] = /^(\d{1,16})\.(\w{1,40})$/.exec(mark) ?? [];
  return at === undefined || id === undefined ? null : { at: Number(at), id };
}
