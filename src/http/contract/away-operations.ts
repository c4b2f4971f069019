/** The API's operations on leave and on how a person wants to be told. */
import { z } from 'zod';
import { leaveBody, leaveList, leaveQuery, notices, noticesBody } from './away.ts';

const nothing = z.strictObject({});

export const awayOperations = {
  leave: { method: 'get', path: '/api/leave', summary: '休假', query: leaveQuery, answer: leaveList },
  takeLeave: { method: 'post', path: '/api/leave', summary: '填休假', body: leaveBody, answer: leaveList, status: 201 },
  cancelLeave: {
    method: 'post',
    path: '/api/leave/:id/end',
    summary: '取消休假，或提前结束',
    body: nothing,
    answer: leaveList,
  },
  notices: { method: 'get', path: '/api/me/notices', summary: '我的提醒设置', query: nothing, answer: notices },
  changeNotices: {
    method: 'put',
    path: '/api/me/notices',
    summary: '修改提醒设置',
    body: noticesBody,
    answer: notices,
  },
} as const;
