/** How the rows about files and wishes map to columns; the shapes are src/crm/rows/{files,deals}.ts. */
import type { Tables } from '../crm/tables.ts';
import { bytes, integer, json, table, text } from './columns.ts';

const owned = { tenantId: text, id: text };
const PRIMARY = ['tenantId', 'id'] as const;

export const fileSchemas = {
  attachment: table<Tables['attachment']>(
    'attachment',
    {
      ...owned,
      opportunityId: text,
      customerId: text,
      kind: text,
      name: text,
      mediaType: text,
      bytes: integer,
      sha256: text,
      uploadedBy: text,
      createdAt: integer,
      removedAt: integer,
    },
    PRIMARY,
  ),
  attachmentPart: table<Tables['attachmentPart']>(
    'attachment_part',
    { ...owned, attachmentId: text, position: integer, body: bytes },
    PRIMARY,
  ),
  stageWish: table<Tables['stageWish']>(
    'stage_wish',
    {
      ...owned,
      opportunityId: text,
      opportunityVersion: integer,
      toStage: text,
      staffId: text,
      accountId: text,
      evidence: json,
      createdAt: integer,
      version: integer,
    },
    PRIMARY,
  ),
};
