/** The API's operations on what stands too long. */
import { overduePage, overdueQuery, pipeline, pipelineQuery } from './overdue.ts';

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
} as const;
