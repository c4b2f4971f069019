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
  const until = Date.now() + timeoutMs;
  for (;;) {
    const [inbox, outbox] = await Promise.all([
      sandbox.app.database.inbox.backlog(),
      sandbox.app.database.outbox.backlog(),
    ]);
    if (inbox.ready + outbox.ready === 0) return;
    assert.ok(
      Date.now() < until,
      `still ${inbox.ready} events and ${outbox.ready} orders in hand after ${timeoutMs} ms`,
    );
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The platform has nothing to hold against us, and nothing was set aside. */
export async function assertClean(sandbox: Sandbox): Promise<void> {
  assert.deepEqual(sandbox.platform.journal.complaints, []);
  const [inbox, outbox] = await Promise.all([
    sandbox.app.database.inbox.dead(10),
    sandbox.app.database.outbox.dead(10),
  ]);
  assert.deepEqual([...inbox, ...outbox], []);
}
