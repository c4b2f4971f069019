/** How the rows beside tasks map to columns; the shapes are src/crm/rows/tasks.ts. */
import type { Tables } from '../crm/tables.ts';
import { flag, integer, table, text } from './columns.ts';

const owned = { tenantId: text, id: text };
const PRIMARY = ['tenantId', 'id'] as const;

export const taskSchemas = {
  stageTask: table<Tables['stageTask']>(
    'stage_task',
    {
      ...owned,
      opportunityId: text,
      stage: text,
      enteredAt: integer,
      templateKey: text,
      taskId: text,
      stays: flag,
      touched: flag,
      withdrawnAt: integer,
    },
    PRIMARY,
  ),
  taskRing: table<Tables['taskRing']>('task_ring', { ...owned, ringAt: integer }, PRIMARY),
  leadResponse: table<Tables['leadResponse']>(
    'lead_response',
    { ...owned, dueAt: integer, respondedAt: integer, how: text, staffId: text },
    PRIMARY,
  ),
  morningList: table<Tables['morningList']>('morning_list', { ...owned, date: text, sent: flag }, PRIMARY),
  nativeTodo: table<Tables['nativeTodo']>(
    'native_todo',
    { ...owned, accountId: text, ownerId: text, externalId: text, updatedAt: integer },
    PRIMARY,
  ),
};
