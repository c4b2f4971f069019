/** What the channel says about itself when the platform is not as it should be. */
import { expect, it } from 'vitest';
import { openDesk } from './harness.ts';

const scopeMissing = 'Access denied. One of the following scopes is required: [tenant:tenant:readonly]';

it('a missing scope is named, and a group message counts as not addressed while we do not know our own name', async () => {
  await using desk = await openDesk('websocket', {
    prepare(emulator) {
      const effect = { kind: 'error', status: 400, code: 99991672, msg: scopeMissing } as const;
      emulator.misbehave.api({ match: /bot\/v3\/info|tenant\/query/, times: Number.POSITIVE_INFINITY, effect });
    },
  });
  const state = desk.channel.state();
  expect(state).toMatchObject({ status: 'degraded', detail: expect.stringContaining('tenant:tenant:readonly') });
  const li = desk.emulator.world.addPerson({ name: '李雷' });
  const chat = desk.emulator.world.createGroup({ name: '群', members: [li] });
  chat.botIn = true;
  await desk.emulator.say(li, chat, '报价', { mention: ['bot'] }).delivery?.done;
  await desk.emulator.sayToBot(li, '报价').delivery?.done;
  expect(desk.inbound.stored.map(({ payload }) => desk.channel.normalise(payload))).toMatchObject([
    { addressed: false },
    { addressed: true },
  ]);
});

it('wrong credentials need a person', async () => {
  await using desk = await openDesk('webhook', {
    prepare(emulator) {
      const effect = { kind: 'error', status: 200, code: 10014, msg: 'app secret invalid' } as const;
      emulator.misbehave.api({ match: /tenant_access_token/, times: Number.POSITIVE_INFINITY, effect });
    },
  });
  expect(desk.channel.state()).toMatchObject({ status: 'failed', detail: expect.stringContaining('App Secret') });
});

it('an app of another company needs a person', async () => {
  await using desk = await openDesk('webhook', {
    prepare(_emulator, inbound) {
      inbound.isOurTenant = async () => false;
    },
  });
  expect(desk.channel.state()).toMatchObject({ status: 'failed', detail: expect.stringContaining('另一家企业') });
});

it('a platform that cannot be reached leaves the channel trying, and `start` does not wait for ever', async () => {
  const started = performance.now();
  await using desk = await openDesk('websocket', {
    prepare(emulator) {
      emulator.misbehave.api({ times: Number.POSITIVE_INFINITY, effect: { kind: 'reset' } });
    },
  });
  expect(performance.now() - started).toBeLessThan(6_000);
  expect(desk.channel.state()).toMatchObject({ status: 'connecting' });
  await desk.channel.stop();
  expect(desk.channel.state()).toEqual({ status: 'stopped', transport: 'websocket', detail: null });
});

it('no log line carries a secret or a message', async () => {
  await using desk = await openDesk('webhook');
  const { emulator, channel, log, inbound } = desk;
  const li = emulator.world.addPerson({ name: '李雷' });
  inbound.onStore = () => Promise.reject(new Error('机密报价 写不进去'));
  await emulator.sayToBot(li, '机密报价').delivery?.first;
  emulator.misbehave.failNextSends(1, { kind: 'error', status: 400, code: 230001, msg: 'bad content: 机密报价' });
  await channel
    .deliver({ kind: 'text.send', key: 'k', to: { kind: 'person', id: li.openId }, text: '机密报价' })
    .catch(() => null);
  expect(log.lines.length).toBeGreaterThan(0);
  expect(log.lines.join('\n')).not.toMatch(/机密|secret-of-the-app|test-key|rvaYgk|t-g/);
});
