/** How the rows about the company itself map to columns; the shapes are src/crm/rows/organisation.ts. */
import type { Tables } from '../crm/tables.ts';
import { flag, integer, json, table, text } from './columns.ts';

const owned = { tenantId: text, id: text };
const PRIMARY = ['tenantId', 'id'] as const;

export const organisationSchemas = {
  department: table<Tables['department']>(
    'department',
    { ...owned, accountId: text, externalId: text, name: text, parentExternalId: text, removedAt: integer },
    PRIMARY,
  ),
  staffDepartment: table<Tables['staffDepartment']>(
    'staff_department',
    { ...owned, staffId: text, departmentId: text, leads: flag },
    PRIMARY,
  ),
  staffProfile: table<Tables['staffProfile']>(
    'staff_profile',
    { ...owned, phone: text, email: text, region: text, productLines: json, jobRank: text, updatedAt: integer },
    PRIMARY,
  ),
  customerProfile: table<Tables['customerProfile']>(
    'customer_profile',
    {
      ...owned,
      normalName: text,
      grade: text,
      region: text,
      productLine: text,
      industry: text,
      source: text,
      remark: text,
      tags: json,
      updatedAt: integer,
    },
    PRIMARY,
  ),
  contactProfile: table<Tables['contactProfile']>(
    'contact_profile',
    { ...owned, phone: text, title: text, email: text, updatedAt: integer },
    PRIMARY,
  ),
  collaborator: table<Tables['collaborator']>(
    'collaborator',
    { ...owned, customerId: text, staffId: text, addedAt: integer },
    PRIMARY,
  ),
  auditEntry: table<Tables['auditEntry']>(
    'audit_entry',
    { ...owned, actorId: text, action: text, entity: text, entityId: text, detail: json, at: integer },
    PRIMARY,
  ),
};
