/** What ends when: the one list that the nightly clean-up works through and its rehearsal counts. */
import { DAY_MS } from '../crm/calendar/spans.ts';
import type { RetentionTerms } from '../work/retention.ts';
import type { Session, SqlValue } from './session.ts';

/** Who was dropped is remembered no longer; that somebody was, stays for the figures. */
const FORGOTTEN = '（已到期清除）';

export interface Ending {
  readonly key: string;
  readonly label: string;
  readonly table: string;
  /** After it a row is past its time: ms. `days` null: the rows themselves say, and `cutoff` is now. */
  readonly days: (terms: RetentionTerms) => number | null;
  /** Chinese, where `days` says too little. */
  readonly term?: string;
  /** With one `?`, the cutoff. */
  readonly past: string;
  /**
   * The index that leads to the rows: left to itself SQLite takes any that begins with the company, and reads the whole
   * table for nothing. Without one the table is read in windows along its ids, up to what was made at the cutoff.
   */
  readonly index?: string;
  /** What becomes of them instead of going: the right side of SET. */
  readonly set?: string;
  /** What goes before them, in the same transaction. `marks`: one `?` per id. */
  readonly first?: (session: Session, tenantId: string, ids: readonly SqlValue[], marks: string) => Promise<unknown>;
  /** Rows in one transaction, where these are heavy. */
  readonly slice?: number;
}

export function cutoffOf({ days }: Pick<Ending, 'days'>, terms: RetentionTerms): number {
  return terms.now - (days(terms) ?? 0) * DAY_MS;
}

const always = (days: number) => () => days;

export const endings: readonly Ending[] = [
  {
    ...{ key: 'messages', label: '聊天原文', table: 'message', index: 'ix_message_expires_at' },
    days: () => null,
    term: '收到时策略 privacy.messageDays 所定的天数',
    past: 'expires_at < ?',
    // What a rule saw in a message is the same words: they go with it, the verdict stays.
    first: (session, tenantId, ids, marks) =>
      session.execute(
        `UPDATE signal_decision SET quote = '', phrase = ''
         WHERE tenant_id = ? AND message_id IN (${marks}) AND (quote <> '' OR phrase <> '')`,
        [tenantId, ...ids],
      ),
  },
  {
    ...{ key: 'buttons', label: '卡片上的按钮', table: 'card_action', index: 'ix_card_action_expires_at' },
    days: always(30),
    past: 'expires_at < ?',
  },
  {
    // A question whose buttons are gone can no longer be answered, and the words it quoted are nobody's business any more.
    ...{ key: 'cards', label: '卡片引用的话', table: 'card' },
    days: always(30),
    past: `kind <> 'digest' AND data <> '{}' AND created_at < ? AND NOT EXISTS
      (SELECT 1 FROM card_action a WHERE a.tenant_id = card.tenant_id AND a.card_id = card.id)`,
    set: `status = 'closed', outcome = COALESCE(outcome, '没有人处理，已过期'), data = '{}'`,
  },
  {
    // Files that nobody brought back; what a deal waited for is over long before.
    ...{ key: 'files', label: '删除的文件', table: 'attachment', index: 'ix_attachment_removed_at', slice: 10 },
    days: always(30),
    past: 'removed_at < ?',
    first: (session, tenantId, ids, marks) =>
      session.execute(`DELETE FROM attachment_part WHERE tenant_id = ? AND attachment_id IN (${marks})`, [
        tenantId,
        ...ids,
      ]),
  },
  {
    ...{ key: 'wishes', label: '商机等着补的内容', table: 'stage_wish' },
    days: always(91),
    past: 'created_at < ?',
  },
  {
    ...{ key: 'answers', label: '接口调用的答复', table: 'answered_call', index: 'ix_answered_call_created_at' },
    days: always(1),
    past: 'created_at < ?',
  },
  {
    ...{ key: 'leads', label: '标记为“不是客户”的线索', table: 'lead' },
    days: ({ leadDays }) => leadDays,
    past: `status = 'dropped' AND name <> '${FORGOTTEN}' AND created_at < ?`,
    set: `name = '${FORGOTTEN}'`,
    async first(session, tenantId, ids, marks) {
      // Whom a colleague's address book has as a contact is not the lead's to forget.
      await session.execute(
        `DELETE FROM contact_identity WHERE tenant_id = ? AND lead_id IN (${marks}) AND contact_id IS NULL AND NOT EXISTS
         (SELECT 1 FROM contact_follow f WHERE f.tenant_id = contact_identity.tenant_id
          AND f.contact_identity_id = contact_identity.id)`,
        [tenantId, ...ids],
      );
      await session.execute(
        `UPDATE chat SET name = NULL WHERE tenant_id = ? AND ignored = 1 AND customer_id IS NULL AND id IN
         (SELECT l.chat_id FROM \`lead\` l WHERE l.tenant_id = ? AND l.id IN (${marks}))`,
        [tenantId, tenantId, ...ids],
      );
    },
  },
  {
    ...{ key: 'follows', label: '已解除的好友关系和备注', table: 'contact_follow' },
    days: ({ messageDays }) => messageDays,
    past: 'removed_at < ?',
  },
  {
    ...{ key: 'alerts', label: '了结的超时提醒', table: 'alert' },
    days: ({ auditDays }) => auditDays,
    past: 'ended_at < ?',
  },
  {
    ...{ key: 'audit', label: '操作记录', table: 'audit_entry' },
    days: ({ auditDays }) => auditDays,
    past: 'at < ?',
  },
  {
    ...{ key: 'codes', label: '绑定账号的口令', table: 'link_code' },
    days: always(1),
    past: 'expires_at < ?',
  },
];
