/** Forged, stale, broken and huge pushes: refused on the wire, nothing stored, the next good one passes. */
import { describe, expect, it } from 'vitest';
import type { Flaws } from '../../../sandbox/feishu/misbehaviour.ts';
import { type Desk, openDesk } from './harness.ts';

const speak = (desk: Desk, flaws: Flaws) => {
  const name = '李雷';
  const li = [...desk.emulator.world.people.values()].find((person) => person.name === name);
  return desk.emulator.sayToBot(li ?? desk.emulator.world.addPerson({ name }), '首款打过去了', { flaws }).delivery;
};

describe('the webhook', () => {
  it.each([
    [{ forgedSignature: true }, 401],
    [{ missingSignature: true }, 401],
    [{ staleSeconds: 400 }, 401],
    [{ wrongToken: true }, 403],
    [{ wrongApp: true }, 403],
    [{ wrongTenant: true }, 403],
    [{ unencrypted: true }, 400],
    [{ brokenPadding: true }, 400],
    [{ truncated: true }, 400],
    [{ notUtf8: true }, 400],
    [{ deepJson: true }, 422],
  ] as const)('refuses %o with %i and stores nothing', async (flaws, status) => {
    await using desk = await openDesk('webhook');
    const refused = await speak(desk, flaws)?.first;
    expect(refused).toMatchObject({ accepted: false, status });
    expect(refused?.tookMs).toBeLessThan(500);
    expect(desk.inbound.stored).toEqual([]);
    expect(desk.log.lines.join()).not.toContain('首款');
    expect(await speak(desk, {})?.first).toMatchObject({ accepted: true });
    expect(desk.emulator.journal.complaints.filter(({ kind }) => kind === 'accepted_forgery')).toEqual([]);
  });

  it.each([{ spacedJson: true }, { splitBody: true }, { staleSeconds: 200 }])(
    'accepts the odd but genuine %o',
    async (flaws) => {
      await using desk = await openDesk('webhook');
      expect(await speak(desk, flaws)?.first).toMatchObject({ accepted: true });
      expect(desk.channel.normalise(desk.inbound.stored[0]?.payload ?? '')).toMatchObject({ text: '首款打过去了' });
    },
  );

  it('hands every copy to the inbox under one key, also a replay of the same bytes', async () => {
    await using desk = await openDesk('webhook');
    const delivery = speak(desk, { copies: 3 });
    await desk.emulator.quiet();
    await desk.emulator.deliveries.replay(delivery?.eventId ?? '');
    expect(new Set(desk.inbound.stored.map(({ eventKey }) => eventKey)).size).toBe(1);
    expect(desk.inbound.stored).toHaveLength(4);
  });

  it('passes the address check of the console and fails a forged one', async () => {
    await using desk = await openDesk('webhook');
    expect(await desk.emulator.checkCallback()).toMatchObject({ ok: true });
    expect(await desk.emulator.checkCallback({ wrongToken: true })).toMatchObject({ ok: false });
    expect(await desk.emulator.checkCallback({ unencrypted: true })).toMatchObject({ ok: false });
  });
});

describe('the long connection', () => {
  it.each([{ wrongApp: true }, { wrongTenant: true }])('does not ack %o', async (flaws) => {
    await using desk = await openDesk('websocket');
    expect(await speak(desk, flaws)?.first).toMatchObject({ accepted: false });
    expect(desk.inbound.stored).toEqual([]);
  });

  it('puts fragments together, cut in the middle of a character', async () => {
    await using desk = await openDesk('websocket');
    expect(await speak(desk, { fragments: 7 })?.first).toMatchObject({ accepted: true });
    expect(desk.channel.normalise(desk.inbound.stored[0]?.payload ?? '')).toMatchObject({ text: '首款打过去了' });
  });

  it('acknowledges a kind of event nobody reads, and stores nothing', async () => {
    await using desk = await openDesk('websocket');
    const delivery = desk.emulator.push('im.message.reaction.created_v1', { message_id: 'om_1' });
    expect(await delivery.first).toMatchObject({ accepted: true });
    expect(desk.inbound.stored).toEqual([]);
  });

  it('comes back after a drop, and what was missed arrives', async () => {
    await using desk = await openDesk('websocket');
    desk.emulator.misbehave.dropConnections();
    await desk.emulator.journal.until(
      () => desk.channel.state().status === 'degraded' || desk.emulator.connections() > 0,
    );
    const delivery = speak(desk, {});
    await desk.emulator.journal.until(() => desk.emulator.connections() === 1);
    expect(await delivery?.done).toMatchObject({ accepted: true });
    await desk.emulator.journal.until(() => desk.channel.state().status === 'ready');
    expect(desk.inbound.stored).toHaveLength(1);
  });

  it.each([
    [514, 'failed', 'App Secret'],
    [1000040350, 'failed', '上限'],
    [1, 'degraded', '繁忙'],
  ] as const)('says what a refusal %i means', async (code, status, word) => {
    await using desk = await openDesk('websocket');
    desk.emulator.misbehave.refuseDiscovery(code);
    desk.emulator.misbehave.dropConnections();
    await expect
      .poll(() => desk.channel.state(), { timeout: 4_000 })
      .toMatchObject({ status, detail: expect.stringContaining(word) });
  });

  it('finishes what it is storing before it closes, and takes nothing more', async () => {
    await using desk = await openDesk('websocket');
    const gate = Promise.withResolvers<void>();
    desk.inbound.onStore = () => gate.promise;
    const delivery = speak(desk, {});
    await expect.poll(() => desk.emulator.deliveries.inFlight()).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const stopped = desk.channel.stop();
    gate.resolve();
    await stopped;
    expect(await delivery?.first).toMatchObject({ accepted: true });
    expect(desk.channel.state()).toMatchObject({ status: 'stopped' });
  });
});
