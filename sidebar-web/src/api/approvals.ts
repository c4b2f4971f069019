/** The calls about what must be agreed to, typed by the server's contract. */
import type { ApprovalLineView, ApprovalView, StandInView } from '../../../src/http/contract/approval.ts';
import type { PageView } from '../../../src/http/contract/common.ts';
import { askSignedIn as ask } from './signed-in.ts';

export type { ApprovalLineView, ApprovalView, StandInView } from '../../../src/http/contract/approval.ts';
export type ApprovalStepView = ApprovalView['steps'][number];

export type Box = 'to_decide' | 'decided' | 'mine';

const part = encodeURIComponent;

export const approvalsApi = {
  list: (box: Box, cursor: string | null) =>
    ask<PageView<ApprovalLineView>>(`approvals?box=${box}${cursor === null ? '' : `&cursor=${part(cursor)}`}`),
  approval: (id: string) => ask<ApprovalView>(`approvals/${part(id)}`),
  decide: (id: string, agree: boolean, comment: string) =>
    ask<ApprovalView>(`approvals/${part(id)}/decide`, { agree, ...(comment !== '' && { comment }) }),
  comment: (id: string, text: string) => ask<ApprovalView>(`approvals/${part(id)}/comment`, { text }),
  transfer: (id: string, to: string) => ask<ApprovalView>(`approvals/${part(id)}/transfer`, { to }),
  withdraw: (id: string) => ask<ApprovalView>(`approvals/${part(id)}/withdraw`, {}),
  standIn: () => ask<StandInView>('me/stand-in'),
  /** Instants in ms; null ends it. */
  setStandIn: (standIn: { toId: string; fromAt: number; untilAt: number } | null) =>
    ask<StandInView>('me/stand-in', { standIn }, 'PUT'),
} as const;
