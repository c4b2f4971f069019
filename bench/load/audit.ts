/** Whether every message was stored once, every cause moved its deal once, and every question was asked once. */
import type { App } from '../../src/app.ts';
import { backlogOf, type Waiting } from './backlog.ts';
import type { LoadPlatform } from './mix.ts';

export interface Expected {
  readonly messageIds: Readonly<Record<LoadPlatform, readonly string[]>>;
  readonly unheard: readonly string[];
  readonly caused: { readonly move: readonly string[]; readonly ask: readonly string[] };
}

export interface Audited extends Waiting {
  /** Said, and not stored; and consequences that did not come about. */
  readonly lost: number;
  /** Rows that nobody's words account for: twice the same, or out of nowhere. */
  readonly doubled: number;
  /** From the row in the inbox to its last commit, ms, of every message that is still known there. */
  readonly handledMs: readonly number[];
}

/** `mark`: rows of the run have later ids. */
export async function audit(app: App, mark: string, expected: Expected): Promise<Audited> {
  const tenantId = app.accounts[0]?.tenantId ?? '';
  const read = <Row>(sql: string): Promise<Row[]> =>
    app.database.unitOfWork.read((session) => session.query<Row>(sql, [tenantId, mark]));
  const stored = await read<{ account_id: string; external_id: string }>(
    'SELECT account_id, external_id FROM message WHERE tenant_id = ? AND id > ?',
  );
  const moves = await read<{ name: string }>(
    `SELECT o.name FROM stage_change s JOIN opportunity o ON o.tenant_id = s.tenant_id AND o.id = s.opportunity_id
     WHERE s.tenant_id = ? AND s.id > ?`,
  );
  const questions = await read<{ subject: string }>(
    "SELECT subject FROM card WHERE tenant_id = ? AND id > ? AND kind = 'ask'",
  );
  const handled = await read<{ ms: number | string }>(
    "SELECT settled_at - queued_at AS ms FROM inbox_event WHERE tenant_id = ? AND id > ? AND status = 'done'",
  );
  const said = app.accounts.flatMap(({ id, platform }) =>
    (expected.messageIds[platform as LoadPlatform] ?? []).map((messageId) => `${id}:${messageId}`),
  );
  const unheard = new Set(expected.unheard);
  const counts = [
    compare(
      said,
      stored
        .filter(({ external_id }) => !unheard.has(external_id))
        .map(({ account_id, external_id }) => `${account_id}:${external_id}`),
    ),
    compare(
      expected.caused.move,
      moves.map(({ name }) => name.split(' ').at(-1) ?? ''),
    ),
    // Which deal a question is about stands in its subject, by an id that only the database knows.
    compare(
      expected.caused.ask.map((_, n) => String(n)),
      [...new Set(questions.map(({ subject }) => subject))].map((_, n) => String(n)),
    ),
  ];
  const repeated = questions.length - new Set(questions.map(({ subject }) => subject)).size;
  return {
    ...(await backlogOf(app.database)),
    lost: counts.reduce((sum, { lost }) => sum + lost, 0),
    doubled: counts.reduce((sum, { doubled }) => sum + doubled, 0) + repeated,
    handledMs: handled.map(({ ms }) => Number(ms)),
  };
}

/** What is missing of the first, and what of the second is not accounted for. */
function compare(wanted: readonly string[], found: readonly string[]): { lost: number; doubled: number } {
  const left = new Map<string, number>();
  for (const one of wanted) left.set(one, (left.get(one) ?? 0) + 1);
  let doubled = 0;
  for (const one of found) {
    const count = left.get(one) ?? 0;
    if (count === 0) doubled += 1;
    else left.set(one, count - 1);
  }
  return { lost: [...left.values()].reduce((sum, count) => sum + count, 0), doubled };
}
