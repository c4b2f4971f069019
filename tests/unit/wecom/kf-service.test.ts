/** 微信客服 as a whole: which accounts are read, and how often. */
import { afterEach, expect, it, vi } from 'vitest';
import { createService } from '../../../adapters/wecom/kf/index.ts';
import { recordingInbound, recordingLog, scriptedClient } from './doubles.ts';
import { corpId } from './sealing.ts';

afterEach(() => {
  vi.useRealTimers();
});

it('news about accounts that come together leave one round behind, not one each', async () => {
  vi.useFakeTimers();
  const client = scriptedClient(() => ({ errcode: 0, account_list: [] }));
  const context = { corpId, inbound: recordingInbound(), now: () => Date.now(), log: recordingLog() };
  const service = createService(client, context);
  await Promise.all([service.start(), service.accountsChanged(), service.accountsChanged()]);
  await vi.advanceTimersByTimeAsync(1_000);
  const before = client.calls.length;
  await vi.advanceTimersByTimeAsync(17 * 60_000);
  expect(client.calls.length - before).toBe(1);
  await service.stop();
});
