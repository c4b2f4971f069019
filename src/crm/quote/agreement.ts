/** Until approvals are asked for: no rule wants any. */
import type { ForeseeApproval, SubmitForApproval, WithdrawApproval } from '../approval/submit.ts';

export const submitForApproval: SubmitForApproval = async () => ({ ok: true, approval: null });
export const withdrawApproval: WithdrawApproval = async () => ({
  ok: false,
  reason: 'closed',
  why: '这份报价单没有在审批。',
});
export const foreseeApproval: ForeseeApproval = async () => [];
