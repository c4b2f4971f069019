/** What is sold: leads, deals, their moves with the evidence, and what each signal led to. */
import { business, id, integer, str, tables } from './dsl.ts';

export const deals = tables('Deals1763800000002', {
  lead: business(
    {
      name: str(200),
      owner_id: id,
      chat_id: id,
      status: str(20),
      opportunity_id: id.optional,
      created_at: integer,
      version: integer,
    },
    { index: [['tenant_id', 'owner_id', 'status']] },
  ),
  opportunity: business(
    {
      customer_id: id,
      name: str(200),
      owner_id: id,
      stage: id,
      stage_entered_at: integer,
      status: str(20),
      amount_minor: integer.optional,
      currency: str(3),
      lost_reason: str(500).optional,
      created_at: integer,
      closed_at: integer.optional,
      policy_version: integer,
      version: integer,
    },
    {
      index: [
        ['tenant_id', 'customer_id', 'status'],
        ['tenant_id', 'owner_id', 'status'],
        ['tenant_id', 'status', 'stage'],
      ],
    },
  ),
  stage_change: business(
    {
      opportunity_id: id,
      from_stage: id,
      to_stage: id,
      from_entered_at: integer,
      cause: str(20),
      staff_id: id.optional,
      message_id: id.optional,
      quote: str(500).optional,
      speaker_name: str(100).optional,
      rule_key: str(60).optional,
      policy_version: integer,
      opportunity_version: integer,
      lead_id: id.optional,
      at: integer,
      undoable_until: integer.optional,
      undone_at: integer.optional,
    },
    {
      // The last two lines of defence: one move per version of a deal, and one move per deal and message.
      unique: [
        ['tenant_id', 'opportunity_id', 'opportunity_version'],
        ['tenant_id', 'opportunity_id', 'message_id'],
      ],
      index: [['tenant_id', 'rule_key', 'at']],
    },
  ),
  signal_decision: business(
    {
      message_id: id.optional,
      chat_id: id.optional,
      opportunity_id: id.optional,
      lead_id: id.optional,
      signal: id,
      verdict: str(10),
      rule_key: str(60),
      phrase: str(200),
      quote: str(500),
      outcome: str(20),
      label: str(12).optional,
      policy_version: integer,
      at: integer,
    },
    {
      index: [
        ['tenant_id', 'message_id'],
        ['tenant_id', 'opportunity_id', 'rule_key', 'at'],
        ['tenant_id', 'lead_id', 'rule_key', 'at'],
        ['tenant_id', 'rule_key', 'outcome', 'at'],
      ],
    },
  ),
});
