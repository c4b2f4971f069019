/** A flow: one story from what a person does to what people see, played against the real product on the emulated platform. */
import assert from 'node:assert/strict';
import type { StageChangeRow } from '../../src/crm/rows/deals.ts';
import type { Sandbox, SandboxOptions } from '../start.ts';

export interface Flow {
  readonly name: string;
  /** What the sandbox must be like for it. */
  readonly sandbox?: SandboxOptions;
  /** Throws when the story does not come true. */
  readonly play: (sandbox: Sandbox) => Promise<void>;
}

export function stageOf(sandbox: Sandbox, dealId: string): Promise<string> {
  return sandbox.app.look(async (tx) => (await tx.opportunity.get(dealId))?.stage ?? 'gone');
}

export function movesOf(sandbox: Sandbox, dealId: string): Promise<StageChangeRow[]> {
  return sandbox.app.look((tx) => tx.stageChange.list({ opportunityId: dealId }));
}

/** Waits until everything that came in is handled and everything that had to leave has left. Bounded. */
export async function settled(sandbox: Sandbox, timeoutMs = 10_000): Promise<void> {
  await sandbox.platform.quiet();
  await sandbox.wecom?.platform.quiet();
  await sandbox.dingtalk?.platform.quiet();
  const until = Date.now() + timeoutMs;
  for (;;) {
    const due = await dueWork(sandbox);
    if (due === 0) return;
    assert.ok(Date.now() < until, `still ${due} events and orders in hand after ${timeoutMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** How long an order may be put off and still count: bundled updates leave within a quarter of a second. */
const SOON_MS = 2_000;

/** Work whose time has come or is about to; a digest that waits for the evening is none. */
function dueWork(sandbox: Sandbox): Promise<number> {
  const soon = sandbox.now() + SOON_MS;
  return sandbox.app.database.unitOfWork.read(async (session) => {
    const sql = (table: string) => `SELECT COUNT(*) AS n FROM ${table} WHERE status = 'ready' AND available_at <= ?`;
    const [inbox] = await session.query<{ n: number | string }>(sql('inbox_event'), [soon]);
    const [outbox] = await session.query<{ n: number | string }>(sql('outbox_order'), [soon]);
    return Number(inbox?.n ?? 0) + Number(outbox?.n ?? 0);
  });
}

/** The platform has nothing to hold against us, and nothing was set aside. */
export async function assertClean(sandbox: Sandbox): Promise<void> {
  assert.deepEqual(sandbox.platform.journal.complaints, []);
  assert.deepEqual(sandbox.wecom?.platform.journal.complaints ?? [], []);
  assert.deepEqual(sandbox.dingtalk?.platform.journal.complaints ?? [], []);
  const [inbox, outbox] = await Promise.all([
    sandbox.app.database.inbox.dead(10),
    sandbox.app.database.outbox.dead(10),
  ]);
  assert.deepEqual([...inbox, ...outbox], []);
}
