/** Platforms that fail: server errors, answers that never come, limits, tokens taken back, and things that cannot be read. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiEffect } from '../../../../sandbox/platform/trouble.ts';
import type { Arena } from '../arena.ts';
import { healthComes } from '../health.ts';
import { between, type Knock, oneOf } from './knock.ts';

type Wrong = 'errors' | 'not json' | 'cut' | 'cut after the deed' | 'limits' | 'no answer' | 'tokens';
const WRONGS: readonly Wrong[] = ['errors', 'not json', 'cut', 'cut after the deed', 'limits', 'no answer', 'tokens'];
const EFFECTS: Readonly<Record<Exclude<Wrong, 'tokens'>, ApiEffect>> = {
  errors: { kind: 'error', status: 500, code: -1 },
  'not json': { kind: 'not_json', status: 502 },
  cut: { kind: 'reset' },
  'cut after the deed': { kind: 'apply_then_reset' },
  limits: { kind: 'rate_limit', resetSeconds: 1 },
  // Longer than any of our time limits.
  'no answer': { kind: 'late_answer', ms: 12_000 },
};

const DAY_MS = 86_400_000;
const DEEP = 50_000;
/** For a stream: no JSON, JSON of another shape, words without end, and a hole without bottom. */
const FRAMES = ['', '{"type":', '[]', '{"type":7,"headers":null,"data":{}}', 'x'.repeat(200_000), '['.repeat(DEEP)];

/** Each of the three fails in a way of its own, for some calls. */
export const platformTrouble: Knock = {
  kind: 'platform',
  fits: () => true,
  async strike(arena) {
    const { platform, neighbours } = arena;
    const notes: string[] = [];
    for (const [name, one] of Object.entries({
      feishu: platform,
      wecom: neighbours.wecom,
      dingtalk: neighbours.dingtalk,
    })) {
      const wrong = oneOf(arena, WRONGS);
      const times = between(arena, 1, 4);
      notes.push(`${name} ${wrong} ×${times}`);
      if (wrong === 'tokens') one.misbehave.revokeTokens();
      else one.misbehave.api({ times, effect: EFFECTS[wrong] });
    }
    await sleep(between(arena, 300, 1_500));
    return { note: notes.join(' · '), faults: [] };
  },
};

/** Refused at the door, or stored and set aside where an administrator sees it: either way nothing waits behind it. */
export const poison: Knock = {
  kind: 'poison',
  fits: () => true,
  async strike(arena) {
    const { platform, neighbours } = arena;
    const { wecom, dingtalk } = neighbours;
    const ids = [`om_poison_${between(arena, 0, 1e9)}`, `om_poison_${between(arena, 0, 1e9)}`];
    const unreadable = ids.map((message_id, n) =>
      platform.push('im.message.receive_v1', {
        sender: n === 0 ? [] : { sender_id: { open_id: 7 } },
        message: { message_id, chat_id: 'oc_poison', content: n === 0 ? 42 : 'x'.repeat(100_000) },
      }),
    );
    for (const flaws of [{ deepJson: true }, { notUtf8: true }, { truncated: true }, { oversize: true }])
      platform.push('im.message.receive_v1', { message: {} }, flaws);
    for (const flaws of [{ entityBomb: true }, { notUtf8: true }, { truncated: true }, { wrongLength: true }])
      wecom.push('enter_agent', null, {}, flaws);
    for (const words of FRAMES) dingtalk.gateway.sendRaw(words);
    await Promise.all(unreadable.map(({ done }) => Promise.race([done, sleep(3_000)])));
    for (const { eventId } of unreadable) await platform.deliveries.replay(eventId);
    const url = arena.instances[0]?.url ?? '';
    const told = await healthComes(
      url,
      'that what nobody can read was set aside',
      ({ inbox, advice }) => inbox?.dead === ids.length && advice.join().includes('有处理失败的条目'),
      10_000,
    );
    const swept = await forgetDead(arena);
    const well = await healthComes(url, 'that nothing is set aside', ({ inbox }) => inbox?.dead === 0, 5_000);
    return { note: `${swept} set aside`, faults: [told, well] };
  },
};

/** What an administrator does with what nobody can read. */
async function forgetDead({ openApp, clock }: Arena): Promise<number> {
  const { database } = await openApp();
  try {
    return await database.inbox.sweep(0, clock.now() + DAY_MS);
  } finally {
    await database.close();
  }
}
