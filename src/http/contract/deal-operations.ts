/** The API's operations on deals. */
import { z } from 'zod';
import { deal, dealPage, dealPatch, moveBody, newDealBody, undoBody } from './deal.ts';

const nothing = z.strictObject({});

export const dealOperations = {
  addDeal: {
    method: 'post',
    path: '/api/customers/:id/deals',
    summary: '新建商机',
    body: newDealBody,
    answer: deal,
    status: 201,
  },
  deal: { method: 'get', path: '/api/deals/:id', summary: '商机与它的推进记录', query: nothing, answer: dealPage },
  changeDeal: {
    method: 'patch',
    path: '/api/deals/:id',
    summary: '修改商机的名称、金额和字段',
    body: dealPatch,
    answer: dealPage,
  },
  moveDeal: {
    method: 'post',
    path: '/api/deals/:id/move',
    summary: '改商机阶段',
    body: moveBody,
    answer: dealPage,
  },
  cancelWish: {
    method: 'post',
    path: '/api/deals/:id/wish/cancel',
    summary: '条件齐了也不自动推进',
    body: nothing,
    answer: dealPage,
  },
  undoMove: {
    method: 'post',
    path: '/api/deals/:id/undo',
    summary: '撤销一次推进',
    body: undoBody,
    answer: dealPage,
  },
} as const;
