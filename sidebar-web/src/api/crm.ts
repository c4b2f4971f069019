/** The calls of the pages about customers and deals, typed by the server's contract. */
import type { ChatView, LinkChatBody } from '../../../src/http/contract/chat.ts';
import type { PageView } from '../../../src/http/contract/common.ts';
import type {
  ContactView,
  CustomerLineView,
  CustomerPatch,
  CustomerView,
  NewContactBody,
  NewCustomerBody,
  SearchView,
} from '../../../src/http/contract/customer.ts';
import type { DealPageView, DealPatch, DealView, MoveBody, NewDealBody } from '../../../src/http/contract/deal.ts';
import type { MeView, TodayView } from '../../../src/http/contract/me.ts';
import type { NewTaskBody, TaskListView, TaskPatch, TaskView } from '../../../src/http/contract/task.ts';
import type { TimelineItemView, WordsResultView } from '../../../src/http/contract/timeline.ts';
import type { Asked } from './ask.ts';
import { askSignedIn as ask } from './signed-in.ts';

export type {
  DuplicateView,
  FoundCustomerView,
  MissingThingView,
  PersonView,
} from '../../../src/http/contract/common.ts';
export type { DealFieldView, StageChangeView } from '../../../src/http/contract/deal.ts';
export type {
  ChatView,
  ContactView,
  CustomerLineView,
  CustomerView,
  DealPageView,
  DealView,
  MeView,
  MoveBody,
  NewCustomerBody,
  PageView,
  SearchView,
  TaskView,
  TimelineItemView,
  TodayView,
  WordsResultView,
};

export interface ChatKey {
  readonly platform: string;
  /** The platform's id of the chat or the outside contact. */
  readonly externalId: string;
}

const part = encodeURIComponent;
const page = (cursor: string | null): string => (cursor === null ? '' : `?cursor=${part(cursor)}`);

export const crm = {
  me: () => ask<MeView>('me'),
  today: () => ask<TodayView>('today'),
  search: (words: string) => ask<SearchView>(`search?q=${part(words)}`),
  customer: (id: string) => ask<CustomerView>(`customers/${part(id)}`),
  timeline: (id: string, cursor: string | null) =>
    ask<PageView<TimelineItemView>>(`customers/${part(id)}/timeline${page(cursor)}`),
  addCustomer: (body: NewCustomerBody) => ask<CustomerView>('customers', body),
  changeCustomer: (id: string, body: CustomerPatch) => ask<CustomerView>(`customers/${part(id)}`, body, 'PATCH'),
  addContact: (id: string, body: NewContactBody) => ask<ContactView>(`customers/${part(id)}/contacts`, body),
  handInWords: (id: string, text: string) => ask<WordsResultView>(`customers/${part(id)}/words`, { text }),
  addDeal: (id: string, body: NewDealBody) => ask<DealView>(`customers/${part(id)}/deals`, body),
  deal: (id: string) => ask<DealPageView>(`deals/${part(id)}`),
  changeDeal: (id: string, body: DealPatch) => ask<DealPageView>(`deals/${part(id)}`, body, 'PATCH'),
  move: (id: string, body: MoveBody) => ask<DealPageView>(`deals/${part(id)}/move`, body),
  undo: (id: string, changeId: string) => ask<DealPageView>(`deals/${part(id)}/undo`, { changeId }),
  cancelWish: (id: string) => ask<DealPageView>(`deals/${part(id)}/wish/cancel`, {}),
  tasks: (customerId: string) => ask<TaskListView>(`customers/${part(customerId)}/tasks`),
  addTask: (body: NewTaskBody) => ask<TaskView>('tasks', body),
  changeTask: (id: string, body: TaskPatch) => ask<TaskView>(`tasks/${part(id)}`, body, 'PATCH'),
  removeTask: (id: string, expectedVersion: number) =>
    ask<{ id: string }>(`tasks/${part(id)}/remove`, { expectedVersion }),
  chat: ({ platform, externalId }: ChatKey) =>
    ask<ChatView>(`chat?platform=${part(platform)}&externalId=${part(externalId)}`),
  linkChat: (body: LinkChatBody): Promise<Asked<ChatView>> => ask<ChatView>('chats/link', body),
} as const;
