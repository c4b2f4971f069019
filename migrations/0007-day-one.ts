/** The first day and what pages add: set-up, greetings, named groups, linked identities, tasks, deal fields, merges, API keys. */
import { business, id, integer, long, str, tables } from './dsl.ts';

export const dayOne = tables('DayOne1763800000007', {
  /** What the installation was told on its set-up page; secrets are sealed. The id is the setting's name. */
  setting: business({ value: long, updated_at: integer }),
  /** A colleague was greeted; the id is the colleague's. */
  greeting: business({ sent_at: integer }),
  /** A group that a role of the policy means, such as the supervisors'; the id is its key. */
  named_group: business({ chat_id: id, bound_by: id, bound_at: integer }),
  /** A code that joins the identity of whoever says it to the bot with the colleague it was given to. */
  link_code: business(
    { staff_id: id, code_hash: str(64), expires_at: integer, used_at: integer.optional },
    { unique: [['tenant_id', 'code_hash']], index: [['tenant_id', 'staff_id']] },
  ),
  /** Something a colleague has to do. */
  task: business(
    {
      customer_id: id.optional,
      opportunity_id: id.optional,
      owner_id: id,
      title: str(200),
      due_at: integer.optional,
      /** Why it is there: a colleague wrote it, or a stage asked for it. */
      cause: str(20),
      /** The task template of the policy that made it. */
      template_key: str(40).optional,
      created_by: id.optional,
      created_at: integer,
      done_at: integer.optional,
      done_by: id.optional,
      version: integer,
    },
    {
      index: [
        ['tenant_id', 'owner_id', 'done_at', 'due_at'],
        ['tenant_id', 'customer_id', 'done_at'],
        ['tenant_id', 'opportunity_id', 'done_at'],
      ],
    },
  ),
  /** A field of the policy filled in on a deal. */
  deal_field: business(
    { opportunity_id: id, field_key: id, value: str(1000), updated_by: id, updated_at: integer },
    { unique: [['tenant_id', 'opportunity_id', 'field_key']] },
  ),
  /** A customer that went into another one; the id is the one that went. */
  customer_merge: business(
    { into_id: id, merged_by: id, merged_at: integer, moved: long },
    { index: [['tenant_id', 'into_id']] },
  ),
  /** Whoever holds the row of a name goes first; the others of that name wait. The id is the name. */
  turn: business({}),
  /** A program that may use the API; the id is the colleague's it works as, and only a hash of its token is kept. */
  service_token: business(
    {
      token_hash: str(64),
      created_at: integer,
      expires_at: integer.optional,
      last_used_at: integer.optional,
      revoked_at: integer.optional,
    },
    { unique: [['tenant_id', 'token_hash']] },
  ),
  /** What a creating call was answered, so that the same call sent again is answered the same. */
  answered_call: {
    columns: {
      tenant_id: id,
      /** Hash of who asked and the key they gave. */
      id: str(64),
      request_hash: str(64),
      answer: long,
      created_at: integer,
    },
    primary: ['tenant_id', 'id'],
    index: [['created_at']],
  },
});
