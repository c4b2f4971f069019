/** Collects what the product logs, and finds in it what people said, who they are, and what must stay secret. */
import type { Sandbox } from '../../sandbox/start.ts';
import { lookInto } from '../flows/kill/remains.ts';

export interface LogWatch {
  /** For the sandbox: `logLevel: 'debug', logTo`. */
  readonly logTo: { write(line: string): void };
  readonly lines: readonly string[];
  /** What stands in the lines so far and must not: each with the line. `also`: more that must not. */
  leaks(sandbox: Sandbox, also?: readonly string[]): Promise<string[]>;
}

/** Everything that names a person, a chat or a message, or is somebody's words. */
const PERSONAL: Readonly<Record<string, readonly string[]>> = {
  staff: ['name'],
  staff_identity: ['external_id'],
  staff_profile: ['phone', 'email'],
  customer: ['name'],
  customer_profile: ['remark'],
  contact: ['name'],
  contact_profile: ['phone', 'email'],
  contact_identity: ['external_id', 'name'],
  contact_follow: ['remark', 'company'],
  lead: ['name'],
  chat: ['external_id', 'name'],
  opportunity: ['name'],
  message: ['text', 'speaker_name', 'external_id'],
  activity: ['text'],
  task: ['title'],
  signal_decision: ['quote'],
  stage_change: ['quote', 'speaker_name'],
  approval_seat: ['comment'],
  approval_note: ['text'],
  attachment: ['name'],
  card: ['address_id', 'message_id', 'update_handle'],
  inbox_event: ['payload'],
  outbox_order: ['payload'],
  page_session: ['id'],
};
const SECRET = /SECRET|TOKEN|KEY/;
const BEARING = ['access_token', 'ticket', 'code', 'auth_code', 'user_ticket'];
/** Two characters of Chinese are a name; fewer than five others may stand in any word. */
const telling = (value: string): boolean => (/[一-鿿]{2}/.test(value) ? value.length >= 2 : value.length >= 5);

export function watchLog(): LogWatch {
  const lines: string[] = [];
  return {
    logTo: { write: (line) => void lines.push(line.trimEnd()) },
    lines,
    async leaks(sandbox, also = []) {
      const kept = await keptOf(sandbox.environment['DATABASE_URL'] ?? '');
      const secrets = Object.entries(sandbox.environment).filter(([name]) => SECRET.test(name));
      const all = [...kept, ...secrets.map(([, value]) => value), ...bornTokens(sandbox), ...also];
      const forbidden = new Set(all.filter(telling));
      return lines.flatMap((line) =>
        [...forbidden].filter((word) => line.includes(word)).map((word) => `${word} in ${line}`),
      );
    },
  };
}

const keptOf = (url: string): Promise<string[]> =>
  lookInto(url, async (query) => {
    const found: string[] = [];
    for (const [table, columns] of Object.entries(PERSONAL))
      for (const row of await query(`SELECT ${columns.map((column) => `\`${column}\``).join(', ')} FROM ${table}`))
        for (const value of Object.values(row)) if (typeof value === 'string') found.push(value);
    return found;
  });

/** What platforms have given out and seen again in addresses. */
function bornTokens({ platform, wecom, dingtalk }: Sandbox): string[] {
  const journals = [platform.journal, wecom?.platform.journal, dingtalk?.platform.journal];
  return journals.flatMap((journal) =>
    (journal?.entries ?? []).flatMap((entry) =>
      entry.kind === 'api' ? BEARING.flatMap((name) => entry.query[name] ?? []) : [],
    ),
  );
}
