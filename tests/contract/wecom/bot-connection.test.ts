/** The bot's socket comes back from everything that ends it, and never fights over the one connection. */
import { expect, test, vi } from 'vitest';
import { openBotDesk, wordsHeard } from './bot-harness.ts';

test('after a broken connection words that waited arrive once', async () => {
  await using desk = await openBotDesk({ unreachableBot: 'kept', pace: { firstPauseMs: 200, longestPauseMs: 400 } });
  const { emulator } = desk;
  emulator.sayToBot('zhangsan', '断线之前');
  await vi.waitFor(() => expect(wordsHeard(desk)).toEqual(['断线之前']));
  emulator.bot.dropAll();
  await vi.waitFor(() => expect(emulator.bot.ready()).toBe(0));
  emulator.sayToBot('zhangsan', '断线之间');
  await vi.waitFor(() => expect(wordsHeard(desk)).toEqual(['断线之前', '断线之间']));
  expect(desk.bot.problem()).toBeNull();
});

test('a connection whose pings stay unanswered is given up and made anew', async () => {
  await using desk = await openBotDesk();
  const { emulator } = desk;
  emulator.misbehave.bot.silentPong(true);
  await vi.waitFor(() => expect(desk.lines.some((line) => line.includes('connection ended'))).toBe(true));
  emulator.misbehave.bot.silentPong(false);
  await vi.waitFor(() => expect(emulator.bot.ready()).toBe(1));
  emulator.sayToBot('zhangsan', '又连上了');
  await vi.waitFor(() => expect(wordsHeard(desk)).toEqual(['又连上了']));
});

test('taken over by another program: it stands aside, says so, and comes back later', async () => {
  await using desk = await openBotDesk({ unreachableBot: 'kept' });
  const { emulator } = desk;
  emulator.bot.takeOver();
  await vi.waitFor(() => expect(desk.bot.problem()?.detail).toContain('另一个程序'));
  expect(desk.bot.problem()?.status).toBe('degraded');
  emulator.sayToBot('zhangsan', '等着');
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect(emulator.bot.ready()).toBe(0);
  await vi.waitFor(() => expect(wordsHeard(desk)).toEqual(['等着']));
  expect(desk.bot.problem()).toBeNull();
});

test('each time it is taken over again it waits longer', async () => {
  await using desk = await openBotDesk({ pace: { firstStandAsideMs: 40, longestStandAsideMs: 10_000 } });
  const { emulator } = desk;
  const waits: number[] = [];
  for (let i = 0; i < 4; i += 1) {
    await vi.waitFor(() => expect(emulator.bot.ready()).toBe(1), { interval: 2 });
    const since = performance.now();
    emulator.bot.takeOver();
    await vi.waitFor(() => expect(emulator.bot.ready()).toBe(0), { interval: 2 });
    await vi.waitFor(() => expect(emulator.bot.ready()).toBe(1), { interval: 2, timeout: 5_000 });
    waits.push(performance.now() - since);
  }
  expect(waits[3]).toBeGreaterThan(150);
  expect(waits[3]).toBeGreaterThan(waits[0] ?? 0);
});

test('two instances share one connection without a fight; the second takes over when the first stops', async () => {
  await using desk = await openBotDesk({ unreachableBot: 'kept' });
  const { emulator } = desk;
  const second = await desk.another();
  await new Promise((resolve) => setTimeout(resolve, 400));
  const opened = () =>
    emulator.journal.entries.filter((entry) => entry.kind === 'connection' && entry.what === 'opened').length;
  expect(opened()).toBe(1);
  expect(second.problem()).toBeNull();
  await expect(
    second.deliver({ kind: 'text.send', key: 'k', to: { kind: 'chat', id: 'bot:zhangsan' }, text: '好' }),
  ).rejects.toMatchObject({ outcome: 'throttled', code: 'bot_elsewhere' });
  await desk.bot.stop();
  await vi.waitFor(() => expect(opened()).toBe(2));
  await vi.waitFor(() => expect(second.problem()).toBeNull());
  await emulator.waitForBot();
  emulator.sayToBot('zhangsan', '换了一台');
  await vi.waitFor(() => expect(wordsHeard(desk)).toEqual(['换了一台']));
});

test('a wrong secret is final: one clear sentence, no second try', async () => {
  await using desk = await openBotDesk({ prepare: ({ misbehave }) => misbehave.bot.refuseSubscribe(853000) });
  await vi.waitFor(() => expect(desk.bot.problem()?.status).toBe('failed'));
  expect(desk.bot.problem()?.detail).toMatch(/853000.*WECOM_BOT_SECRET/);
  await new Promise((resolve) => setTimeout(resolve, 300));
  const opened = desk.emulator.journal.entries.filter(
    (entry) => entry.kind === 'connection' && entry.what === 'opened',
  );
  expect(opened).toHaveLength(1);
});

test('another refusal of the subscription is tried again', async () => {
  await using desk = await openBotDesk({ prepare: ({ misbehave }) => misbehave.bot.refuseSubscribe(45009) });
  await vi.waitFor(() => expect(desk.bot.problem()?.detail).toContain('45009'));
  desk.emulator.misbehave.bot.refuseSubscribe(null);
  await vi.waitFor(() => expect(desk.bot.problem()).toBeNull());
  expect(desk.emulator.bot.ready()).toBe(1);
});
