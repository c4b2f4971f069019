/** Taps that cannot be read, and outcomes that cannot be shown. */
import { expect, it } from 'vitest';
import { createLimiter } from '../../../adapters/wecom/limiter.ts';
import { createSender } from '../../../adapters/wecom/sender.ts';
import { createTaps } from '../../../adapters/wecom/taps.ts';
import { recordingInbound, recordingLog, scriptedClient } from './doubles.ts';
import { agentId, corpId, nowMs, tapXml } from './sealing.ts';

function setUp(script: Parameters<typeof scriptedClient>[0] = () => ({ errcode: 0, msgid: 'm' })) {
  const inbound = recordingInbound();
  const client = scriptedClient(script);
  const sender = createSender(
    client,
    agentId,
    createLimiter(() => nowMs),
  );
  const taps = createTaps({ corpId, inbound, sender, log: recordingLog(), publicUrl: null, pauses: [] });
  return { inbound, client, taps };
}

it('what is not sound below its first level is refused, not a fault that brings it again', async () => {
  const { inbound, taps } = setUp();
  const broken = tapXml().replace('</xml>', '<SelectedItems><SelectedItem></SelectedItems></xml>');
  expect(await taps.answer(broken, 'key')).toBe(false);
  expect(inbound.taps).toEqual([]);
});

it('a card that the tapper never got is answered in words', async () => {
  const { inbound, client, taps } = setUp((path) =>
    path === 'message/update_template_card'
      ? { errcode: 0, errmsg: 'ok', invaliduser: ['zhangsan'] }
      : { errcode: 0, msgid: 'm' },
  );
  const card = { title: '已推进', tone: 'success', summary: '', blocks: [] } as const;
  inbound.answer = { notice: { tone: 'success', text: '已推进到报价发送' }, card };
  expect(await taps.answer(tapXml(), 'key')).toBe(true);
  await taps.settled();
  expect(client.calls.map(({ path }) => path)).toEqual(['message/update_template_card', 'message/send']);
});
