/** What one deal's life costs of DingTalk's monthly allowance: from the first words to the service after the sale, a step a day. */
import assert from 'node:assert/strict';
import { settled } from '../sandbox/flows/flow.ts';
import { type Sandbox, startSandbox } from '../sandbox/start.ts';

export interface DealCalls {
  /** Metered OpenAPI calls. */
  readonly calls: number;
  /** Metered pushes: messages to the robot, card taps, replies over the conversation's own address. */
  readonly pushes: number;
}

const DAY_MS = 86_400_000;

/** What is said in the deal group, day by day; the last of a day may be a question that is answered with a tap. */
const DAYS: readonly { readonly said: string; readonly tap?: string }[] = [
  { said: '吴经理说：帮我报下价，图纸发你了', tap: '＋ 新建一个商机' },
  { said: '吴经理问样品什么时候可以寄', tap: '推进到「样品交付」' },
  { said: '吴经理：样品收到了，没问题' },
  { said: '吴经理说：样品认可了，出合同吧' },
  { said: '合同双方都盖好章了' },
  { said: '吴经理：首款已经打过去了' },
  { said: '货今天发出了，物流单号发给吴经理了' },
  { said: '吴经理说：收到的货有两件有毛刺，麻烦售后处理下' },
];

export async function dealCalls(): Promise<DealCalls> {
  const sandbox = await startSandbox({ dingtalk: {}, logLevel: 'silent' });
  try {
    let [calls, pushes] = [0, 0];
    await live(sandbox, (day) => {
      calls += day.calls;
      pushes += day.pushes;
    });
    return { calls, pushes };
  } finally {
    await sandbox.close();
  }
}

/** `spent` is told what each day cost: the platform's own counters begin anew with the month. */
async function live(sandbox: Sandbox, spent: (day: DealCalls) => void): Promise<void> {
  assert.ok(sandbox.dingtalk);
  const { platform, company } = sandbox.dingtalk;
  const { lina } = company.staff;
  const used = (): DealCalls => ({ calls: platform.quota.used('openApi'), pushes: platform.quota.used('stream') });
  let morning = used();
  await platform.waitForConnection();
  platform.sayToBot(lina, '新建客户 永康鸿达五金');
  await settled(sandbox);
  platform.mentionBot(lina, company.freeGroup, '绑定 永康鸿达五金');
  await settled(sandbox);
  for (const { said, tap } of DAYS) {
    platform.mentionBot(lina, company.freeGroup, said);
    await settled(sandbox);
    if (tap !== undefined) {
      const card = await platform.waitForCard(lina, (shown) => shown.buttons.includes(tap));
      assert.ok((await platform.tap(lina, card.messageId, tap)).ok);
      await settled(sandbox);
    }
    platform.sayToBot(lina, '鸿达到哪一步了');
    await settled(sandbox);
    const evening = used();
    spent({ calls: evening.calls - morning.calls, pushes: evening.pushes - morning.pushes });
    sandbox.advance(DAY_MS);
    await settled(sandbox);
    morning = used();
    // What leaves over night belongs to the day before, unless the month turned meanwhile.
    if (morning.calls >= evening.calls)
      spent({ calls: morning.calls - evening.calls, pushes: morning.pushes - evening.pushes });
  }
  const [deal] = await sandbox.app.look((tx) => tx.opportunity.list({ name: '永康鸿达五金 商机1' }));
  assert.equal(deal?.stage, 'after_sales', `the deal ended in ${deal?.stage}`);
}
