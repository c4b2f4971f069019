/** How the rows of the first day map to columns; the shapes are src/crm/rows/day-one.ts. */
import type { Tables } from '../crm/tables.ts';
import { integer, json, longText, table, text } from './columns.ts';

const owned = { tenantId: text, id: text };
const PRIMARY = ['tenantId', 'id'] as const;

export const dayOneSchemas = {
  setting: table<Tables['setting']>('setting', { ...owned, value: longText, updatedAt: integer }, PRIMARY),
  greeting: table<Tables['greeting']>('greeting', { ...owned, sentAt: integer }, PRIMARY),
  namedGroup: table<Tables['namedGroup']>(
    'named_group',
    { ...owned, chatId: text, boundBy: text, boundAt: integer },
    PRIMARY,
  ),
  linkCode: table<Tables['linkCode']>(
    'link_code',
    { ...owned, staffId: text, codeHash: text, expiresAt: integer, usedAt: integer },
    PRIMARY,
  ),
  task: table<Tables['task']>(
    'task',
    {
      ...owned,
      customerId: text,
      opportunityId: text,
      ownerId: text,
      title: text,
      dueAt: integer,
      cause: text,
      templateKey: text,
      createdBy: text,
      createdAt: integer,
      doneAt: integer,
      doneBy: text,
      version: integer,
    },
    PRIMARY,
  ),
  dealField: table<Tables['dealField']>(
    'deal_field',
    { ...owned, opportunityId: text, fieldKey: text, value: text, updatedBy: text, updatedAt: integer },
    PRIMARY,
  ),
  customerMerge: table<Tables['customerMerge']>(
    'customer_merge',
    { ...owned, intoId: text, mergedBy: text, mergedAt: integer, moved: json },
    PRIMARY,
  ),
  turn: table<Tables['turn']>('turn', owned, PRIMARY),
  serviceToken: table<Tables['serviceToken']>(
    'service_token',
    {
      ...owned,
      tokenHash: text,
      createdAt: integer,
      expiresAt: integer,
      lastUsedAt: integer,
      revokedAt: integer,
    },
    PRIMARY,
  ),
  answeredCall: table<Tables['answeredCall']>(
    'answered_call',
    { ...owned, requestHash: text, answer: longText, createdAt: integer },
    PRIMARY,
  ),
};
