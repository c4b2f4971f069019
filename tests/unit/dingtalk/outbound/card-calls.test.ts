/** Card calls whose answer is a success in name only. */
import { expect, it } from 'vitest';
import { type Call, createCardCalls } from '../../../../adapters/dingtalk/card-calls.ts';
import type { DingtalkSettings } from '../../../../adapters/dingtalk/settings.ts';
import type { Card } from '../../../../src/channel/card.ts';

const card: Card = { title: '恒锐', tone: 'info', summary: '恒锐', blocks: [{ type: 'text', text: '已处理' }] };
const settings = { templateId: 't.schema', robotCode: 'r' } as DingtalkSettings;
const to = { kind: 'person', id: 'p' } as const;
const answering = (reply: Awaited<ReturnType<Call>>) => {
  const call: Call = async () => reply;
  return createCardCalls(settings, call, call, () => null);
};

it.each([
  [{ success: true, result: { outTrackId: 'o', deliverResults: [] } }],
  [{ success: true, result: { outTrackId: 'o' } }],
  [{ success: true }],
  [{ success: true, result: { deliverResults: [{ success: true }, { success: false, errorMsg: 'busy' }] } }],
])('a creation that brought the card to nobody, or not to all: %j', async (reply) => {
  await expect(answering(reply).create('o', to, card)).rejects.toMatchObject({
    outcome: 'retryable',
    code: 'not_delivered',
  });
});

it('an update that changed nothing', async () => {
  await expect(answering({ success: true, result: false }).update('o', card)).rejects.toMatchObject({
    outcome: 'retryable',
    code: 'not_updated',
  });
  await answering({ success: true, result: true }).update('o', card);
});
