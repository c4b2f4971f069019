/** The API's operations on what stands too long, and what will be sent for it. */
import { z } from 'zod';
import { overduePage, overdueQuery, pipeline, pipelineQuery } from './overdue.ts';
import { upcomingList } from './upcoming.ts';

const nothing = z.strictObject({});

export const overdueOperations = {
  pipeline: {
    method: 'get',
    path: '/api/pipeline',
    summary: '各阶段的商机数、金额和停留太久的数量',
    query: pipelineQuery,
    answer: pipeline,
  },
  overdue: {
    method: 'get',
    path: '/api/overdue',
    summary: '一个阶段里停留太久的商机',
    query: overdueQuery,
    answer: overduePage,
  },
  upcoming: {
    method: 'get',
    path: '/api/upcoming',
    summary: '接下来到点会发什么（管理员）',
    query: nothing,
    answer: upcomingList,
  },
} as const;
