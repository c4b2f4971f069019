/** Every operation of the API with the shapes of what goes in and comes out: the routes and the OpenAPI document are made of it. */
import { z } from 'zod';
import { approvalOperations } from './approval-operations.ts';
import { awayOperations } from './away-operations.ts';
import { chatQuery, chatView, linkChatBody } from './chat.ts';
import { pageQuery } from './common.ts';
import {
  contact,
  contactPatch,
  customer,
  customerListQuery,
  customerPage,
  customerPatch,
  marks,
  newContactBody,
  newCustomerBody,
  removeContactBody,
  searchQuery,
  searchResult,
} from './customer.ts';
import { dealOperations } from './deal-operations.ts';
import { fileOperations } from './file-operations.ts';
import {
  colleagues,
  colleaguesQuery,
  helpersBody,
  mergeBody,
  mergeResult,
  ownerBody,
  ownerResult,
  suggestions,
} from './hands.ts';
import { linkCode, myAccounts } from './link-code.ts';
import { me, today } from './me.ts';
import { overdueOperations } from './overdue-operations.ts';
import { phrases, phraseUsedBody } from './phrase.ts';
import { quoteOperations } from './quote-operations.ts';
import { newTaskBody, removedTask, removeTaskBody, task, taskList, taskPatch } from './task.ts';
import { activity, newActivityBody, timelinePage, wordsBody, wordsResult } from './timeline.ts';

export interface Operation {
  readonly method: 'get' | 'post' | 'patch' | 'put';
  /** With `:id` where the path names one. */
  readonly path: string;
  /** Chinese. */
  readonly summary: string;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  readonly answer: z.ZodType;
  /** When it makes something. */
  readonly status?: 201;
  /** Its body carries a table as `base64`, which is read before the transaction begins. */
  readonly file?: true;
}

const nothing = z.strictObject({});

export const operations = {
  me: { method: 'get', path: '/api/me', summary: '我是谁', query: nothing, answer: me },
  myAccounts: {
    method: 'get',
    path: '/api/me/link-code',
    summary: '我在哪些平台上',
    query: nothing,
    answer: myAccounts,
  },
  makeLinkCode: {
    method: 'post',
    path: '/api/me/link-code',
    summary: '拿一个绑定码',
    body: nothing,
    answer: linkCode,
  },
  today: { method: 'get', path: '/api/today', summary: '今天等我处理的', query: nothing, answer: today },
  search: { method: 'get', path: '/api/search', summary: '按名称找客户', query: searchQuery, answer: searchResult },
  customers: {
    method: 'get',
    path: '/api/customers',
    summary: '我能看到的客户',
    query: customerListQuery,
    answer: customerPage,
  },
  customer: { method: 'get', path: '/api/customers/:id', summary: '客户全貌', query: nothing, answer: customer },
  timeline: {
    method: 'get',
    path: '/api/customers/:id/timeline',
    summary: '客户时间线',
    query: pageQuery,
    answer: timelinePage,
  },
  addCustomer: {
    method: 'post',
    path: '/api/customers',
    summary: '新建客户',
    body: newCustomerBody,
    answer: customer,
    status: 201,
  },
  changeCustomer: {
    method: 'patch',
    path: '/api/customers/:id',
    summary: '修改客户',
    body: customerPatch,
    answer: customer,
  },
  addContact: {
    method: 'post',
    path: '/api/customers/:id/contacts',
    summary: '添加联系人',
    body: newContactBody,
    answer: contact,
    status: 201,
  },
  changeContact: {
    method: 'patch',
    path: '/api/contacts/:id',
    summary: '修改联系人',
    body: contactPatch,
    answer: contact,
  },
  removeContact: {
    method: 'post',
    path: '/api/contacts/:id/remove',
    summary: '删除联系人',
    body: removeContactBody,
    answer: customer,
  },
  mergeCustomers: {
    method: 'post',
    path: '/api/customers/:id/merge',
    summary: '把另一个客户合并进来',
    body: mergeBody,
    answer: mergeResult,
  },
  giveCustomer: {
    method: 'post',
    path: '/api/customers/:id/owner',
    summary: '把客户交给同事',
    body: ownerBody,
    answer: ownerResult,
  },
  chooseHelpers: {
    method: 'post',
    path: '/api/customers/:id/collaborators',
    summary: '添加或移除协作人',
    body: helpersBody,
    answer: customer,
  },
  colleagues: {
    method: 'get',
    path: '/api/colleagues',
    summary: '按姓名或部门找同事',
    query: colleaguesQuery,
    answer: colleagues,
  },
  suggest: {
    method: 'get',
    path: '/api/suggest',
    summary: '按几个字补全公司名',
    query: searchQuery,
    answer: suggestions,
  },
  marks: { method: 'get', path: '/api/marks', summary: '可选的等级、标签和其他标注', query: nothing, answer: marks },
  addActivity: {
    method: 'post',
    path: '/api/customers/:id/activities',
    summary: '写跟进记录',
    body: newActivityBody,
    answer: activity,
    status: 201,
  },
  phrases: { method: 'get', path: '/api/phrases', summary: '快捷话术', query: nothing, answer: phrases },
  phraseUsed: {
    method: 'post',
    path: '/api/customers/:id/phrases',
    summary: '记下用过一句话术（只记标题）',
    body: phraseUsedBody,
    answer: activity,
    status: 201,
  },
  handInWords: {
    method: 'post',
    path: '/api/customers/:id/words',
    summary: '粘贴客户原话',
    body: wordsBody,
    answer: wordsResult,
  },
  tasks: { method: 'get', path: '/api/customers/:id/tasks', summary: '客户的任务', query: nothing, answer: taskList },
  addTask: { method: 'post', path: '/api/tasks', summary: '新建任务', body: newTaskBody, answer: task, status: 201 },
  changeTask: {
    method: 'patch',
    path: '/api/tasks/:id',
    summary: '完成、改期或修改任务',
    body: taskPatch,
    answer: task,
  },
  removeTask: {
    method: 'post',
    path: '/api/tasks/:id/remove',
    summary: '删除任务',
    body: removeTaskBody,
    answer: removedTask,
  },
  chat: { method: 'get', path: '/api/chat', summary: '这个会话是哪个客户', query: chatQuery, answer: chatView },
  linkChat: {
    method: 'post',
    path: '/api/chats/link',
    summary: '把会话归到客户',
    body: linkChatBody,
    answer: chatView,
  },
  ...dealOperations,
  ...quoteOperations,
  ...fileOperations,
  ...approvalOperations,
  ...overdueOperations,
  ...awayOperations,
} as const satisfies Record<string, Operation>;

export type OperationName = keyof typeof operations;
