/** The operations on approvals. */
import { z } from 'zod';
import {
  approval,
  approvalListQuery,
  approvalPage,
  commentBody,
  decideBody,
  standIn,
  standInBody,
  transferBody,
} from './approval.ts';

const nothing = z.strictObject({});

export const approvalOperations = {
  approvals: {
    method: 'get',
    path: '/api/approvals',
    summary: '等我审批的、我审批过的、我提交的',
    query: approvalListQuery,
    answer: approvalPage,
  },
  approval: { method: 'get', path: '/api/approvals/:id', summary: '审批', query: nothing, answer: approval },
  decideApproval: {
    method: 'post',
    path: '/api/approvals/:id/decide',
    summary: '同意或驳回',
    body: decideBody,
    answer: approval,
  },
  commentApproval: {
    method: 'post',
    path: '/api/approvals/:id/comment',
    summary: '在审批下留言',
    body: commentBody,
    answer: approval,
  },
  transferApproval: {
    method: 'post',
    path: '/api/approvals/:id/transfer',
    summary: '转给同事审批',
    body: transferBody,
    answer: approval,
  },
  withdrawApproval: {
    method: 'post',
    path: '/api/approvals/:id/withdraw',
    summary: '撤回审批',
    body: nothing,
    answer: approval,
  },
  standIn: { method: 'get', path: '/api/me/stand-in', summary: '我不在时由谁审批', query: nothing, answer: standIn },
  setStandIn: {
    method: 'put',
    path: '/api/me/stand-in',
    summary: '指定或结束代审批人',
    body: standInBody,
    answer: standIn,
  },
} as const;
