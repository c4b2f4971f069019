/** Files of deals with their bytes apart, and the move that a deal is waiting for. */
import { business, bytes, id, integer, long, str, tables } from './dsl.ts';

export const filesWishes = tables('FilesWishes1763800000012', {
  attachment: business(
    {
      opportunity_id: id,
      customer_id: id,
      /** A kind of the policy, or `other`. */
      kind: str(40),
      name: str(200),
      media_type: str(100),
      bytes: integer,
      sha256: str(64),
      uploaded_by: id,
      created_at: integer,
      /** It can be brought back for a while. */
      removed_at: integer.optional,
    },
    {
      index: [['tenant_id', 'opportunity_id', 'created_at'], ['tenant_id', 'customer_id'], ['removed_at']],
    },
  ),
  /** A file in pieces: whole, it would not fit into what a MySQL server takes at once as it comes configured. */
  attachment_part: business(
    { attachment_id: id, position: integer, body: bytes },
    { unique: [['tenant_id', 'attachment_id', 'position']] },
  ),
  /** Where a deal goes as soon as nothing is missing; one per deal, gone with any move. */
  stage_wish: business(
    {
      opportunity_id: id,
      /** The deal as it was then. */
      opportunity_version: integer,
      to_stage: str(40),
      /** Who wants it; null for words that moved it by themselves. */
      staff_id: id.optional,
      account_id: id,
      /** The words, or the reason that a colleague gave. */
      evidence: long.optional,
      created_at: integer,
      version: integer,
    },
    { unique: [['tenant_id', 'opportunity_id']] },
  ),
});
