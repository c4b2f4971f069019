/** How the rows of the stage clock map to columns; the shapes are src/crm/rows/clock.ts. */
import type { Tables } from '../crm/tables.ts';
import { flag, integer, table, text } from './columns.ts';

const owned = { tenantId: text, id: text };
const PRIMARY = ['tenantId', 'id'] as const;

export const clockSchemas = {
  stageClock: table<Tables['stageClock']>(
    'stage_clock',
    {
      ...owned,
      subject: text,
      stage: text,
      customerId: text,
      round: text,
      fromAt: integer,
      metAt: integer,
      level: integer,
      nextAt: integer,
      heldUntil: integer,
      heldBy: text,
      extendedMs: integer,
      extensions: integer,
      highRisk: flag,
      policyVersion: integer,
      version: integer,
    },
    PRIMARY,
  ),
  alert: table<Tables['alert']>(
    'alert',
    {
      ...owned,
      clockId: text,
      customerId: text,
      stage: text,
      round: text,
      fromAt: integer,
      level: integer,
      toKind: text,
      toId: text,
      state: text,
      showAt: integer,
      cardId: text,
      createdAt: integer,
      endedAt: integer,
      outcome: text,
    },
    PRIMARY,
  ),
  leaveTime: table<Tables['leaveTime']>(
    'leave_time',
    {
      ...owned,
      staffId: text,
      fromAt: integer,
      untilAt: integer,
      createdBy: text,
      createdAt: integer,
      endedAt: integer,
    },
    PRIMARY,
  ),
  staffPreference: table<Tables['staffPreference']>(
    'staff_preference',
    { ...owned, quietFrom: text, quietTo: text, alerts: text, morning: flag, updatedAt: integer },
    PRIMARY,
  ),
};
