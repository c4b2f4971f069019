/** What is said and what went wrong beside the decisions of an approval. */
import { business, id, integer, str, tables } from './dsl.ts';

export const approvalNotes = tables('ApprovalNotes1763800000011', {
  approval_note: business(
    {
      approval_id: id,
      /** `comment`: somebody's words · `trouble`: whom the system could not reach. */
      kind: str(12),
      /** Who said it, or whom it concerns. */
      staff_id: id,
      text: str(500),
      at: integer,
    },
    { index: [['tenant_id', 'approval_id', 'at']] },
  ),
});
