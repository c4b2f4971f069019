/** The calls about leave and about how one wants to be told, typed by the server's contract. */
import type { LeaveBody, LeaveListView, NoticesBody, NoticesView } from '../../../src/http/contract/away.ts';
import { askSignedIn as ask } from './signed-in.ts';

export type { LeaveListView, NoticesView };

export const awayApi = {
  leave: (staffId?: string) =>
    ask<LeaveListView>(staffId === undefined ? 'leave' : `leave?staffId=${encodeURIComponent(staffId)}`),
  take: (body: LeaveBody) => ask<LeaveListView>('leave', body),
  end: (id: string) => ask<LeaveListView>(`leave/${encodeURIComponent(id)}/end`, {}),
  notices: () => ask<NoticesView>('me/notices'),
  change: (body: NoticesBody) => ask<NoticesView>('me/notices', body, 'PUT'),
} as const;
