/** The calls about phrases for the chat, typed by the server's contract. */
import type { PhrasesView, PhraseUsedBody } from '../../../src/http/contract/phrase.ts';
import type { ActivityView } from '../../../src/http/contract/timeline.ts';
import { askSignedIn as ask } from './signed-in.ts';

export type PhraseView = PhrasesView['items'][number];

export const phrasesApi = {
  list: () => ask<PhrasesView>('phrases'),
  used: (customerId: string, body: PhraseUsedBody) =>
    ask<ActivityView>(`customers/${encodeURIComponent(customerId)}/phrases`, body),
} as const;
