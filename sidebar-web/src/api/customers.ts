/** The calls about what colleagues do with a customer beside its deals, typed by the server's contract. */

import type { PageView } from '../../../src/http/contract/common.ts';
import type {
  ContactPatch,
  ContactView,
  CustomerLineView,
  CustomerView,
  MarksView,
} from '../../../src/http/contract/customer.ts';
import type { ColleaguesView, MergeView, OwnerView, SuggestionsView } from '../../../src/http/contract/hands.ts';
import type { ActivityView, NewActivityBody } from '../../../src/http/contract/timeline.ts';
import { askSignedIn as ask } from './signed-in.ts';

export type { MarksView } from '../../../src/http/contract/customer.ts';
export type { ColleagueView } from '../../../src/http/contract/hands.ts';
export type { ActivityKindView } from '../../../src/http/contract/timeline.ts';

export interface ListWanted {
  readonly own?: boolean;
  readonly grade?: string;
  readonly tag?: string;
}

const part = encodeURIComponent;

export const customersApi = {
  list({ own, grade, tag }: ListWanted, cursor: string | null) {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries({ own: own ? '1' : '', grade, tag, cursor }))
      if (value) query.set(name, value);
    return ask<PageView<CustomerLineView>>(`customers?${query}`);
  },
  marks: () => ask<MarksView>('marks'),
  suggest: (words: string) => ask<SuggestionsView>(`suggest?q=${part(words)}`),
  colleagues: (words: string) => ask<ColleaguesView>(`colleagues?q=${part(words)}`),
  merge: (id: string, otherId: string, asking = false) =>
    ask<MergeView>(`customers/${part(id)}/merge`, { otherId, ...(asking && { ask: true }) }),
  give: (id: string, staffId: string, stay: boolean) =>
    ask<OwnerView>(`customers/${part(id)}/owner`, { staffId, stay }),
  helpers: (id: string, body: { add?: string[]; remove?: string[] }) =>
    ask<CustomerView>(`customers/${part(id)}/collaborators`, body),
  changeContact: (id: string, body: ContactPatch) => ask<ContactView>(`contacts/${part(id)}`, body, 'PATCH'),
  removeContact: (id: string) => ask<CustomerView>(`contacts/${part(id)}/remove`, {}),
  note: (id: string, body: NewActivityBody) => ask<ActivityView>(`customers/${part(id)}/activities`, body),
} as const;
