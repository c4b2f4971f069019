/** When a deal or lead has stood too long, whom that is told, and when people are away. */
import { business, flag, id, integer, str, tables } from './dsl.ts';

export const stageClock = tables('StageClock1763800000013', {
  /** One row per open deal or open lead; the id is the deal's or the lead's. */
  stage_clock: business(
    {
      /** `deal` or `lead`. */
      subject: str(10),
      stage: str(40),
      customer_id: id.optional,
      /** Each stage entered, each progress and each extension after an alert begins a new one; it names the alerts of it. */
      round: id,
      /** Since when time is counted. */
      from_at: integer,
      /** What the stage waits for has come: the quote went out, or we answered. */
      met_at: integer.optional,
      /** Levels of the ladder that are behind us in this round. */
      level: integer,
      /** When the next level is due; null when there is none, or the stage has no limit. */
      next_at: integer.optional,
      /** Somebody is at it: nothing is told before this instant. */
      held_until: integer.optional,
      held_by: id.optional,
      /** Working ms granted in this round, and how often in this stage. */
      extended_ms: integer,
      extensions: integer,
      high_risk: flag,
      /** The policy that `next_at` was reckoned by. */
      policy_version: integer,
      version: integer,
    },
    {
      index: [
        ['tenant_id', 'next_at'],
        ['tenant_id', 'policy_version'],
        ['tenant_id', 'customer_id'],
      ],
    },
  ),
  /** One level of one round told to one person or group. */
  alert: business(
    {
      clock_id: id,
      customer_id: id.optional,
      stage: str(40),
      round: id,
      from_at: integer,
      /** 1 for the first of the ladder. */
      level: integer,
      /** `staff`: to_id is a colleague; `group`: the key of a named group. */
      to_kind: str(10),
      to_id: id,
      /** `waiting` for its hour or its card · `shown` on a card · `over`: the deal moved, closed, or somebody is at it. */
      state: str(10),
      /** Not told before: quiet hours. */
      show_at: integer,
      card_id: id.optional,
      created_at: integer,
      ended_at: integer.optional,
      /** How it ended, one Chinese sentence: the card that shows it says so. */
      outcome: str(200).optional,
    },
    {
      unique: [['tenant_id', 'clock_id', 'round', 'level', 'to_kind', 'to_id']],
      index: [
        ['tenant_id', 'state', 'show_at'],
        ['tenant_id', 'card_id'],
        ['tenant_id', 'clock_id', 'state'],
        ['tenant_id', 'to_id', 'state'],
      ],
    },
  ),
  /** A colleague does not work in [from_at, until_at). */
  leave_time: business(
    {
      staff_id: id,
      from_at: integer,
      until_at: integer,
      created_by: id,
      created_at: integer,
      ended_at: integer.optional,
    },
    { index: [['tenant_id', 'staff_id', 'until_at']] },
  ),
  /** How a colleague wants to be told; the id is the colleague's. */
  staff_preference: business({
    /** Local times HH:MM between which nothing is pushed; null: as the policy says. */
    quiet_from: str(5).optional,
    quiet_to: str(5).optional,
    /** `now`: alerts at once · `digest`: once a day with the digest. */
    alerts: str(10),
    /** The morning list is sent. */
    morning: flag,
    updated_at: integer,
  }),
});
