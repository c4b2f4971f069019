/** `crm doctor`, beside a running product and without one; once as a process of its own, which takes seconds. */
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { expect, it, vi } from 'vitest';
import { doctorCommand } from '../../src/commands/doctor.ts';
import { readRunning } from '../../src/commands/doctor-running.ts';
import { runCli } from '../support/run-cli.ts';
import { useSandbox } from '../support/sandbox.ts';
import { describeDatabase, readyDatabaseUrl } from '../support/services/database.ts';

/** Where something listened a moment ago. */
async function closedUrl(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

async function run(args: readonly string[], env: Readonly<Record<string, string>>) {
  let [out, err] = ['', ''];
  const stderr = vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    err += String(text);
    return true;
  });
  const write = (text: string) => {
    out += text;
  };
  const code = await doctorCommand(args, env, write).finally(() => stderr.mockRestore());
  return { code, out, err };
}

describeDatabase('command line: doctor', () => {
  const open = useSandbox();

  it('looks at one platform, sends what it was asked to, tells no secret, and ends by itself', async () => {
    const { environment, dingtalk, wecom } = await open({ wecom: {}, dingtalk: {} });
    await wecom?.platform.waitForBot();
    const { code, out, err } = await runCli(['doctor', 'wecom', '--to', 'lina'], environment);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^企业微信\n {2}✓ 正在运行的聊单：已接通/);
    expect(out).toMatch(/ {2}✓ 测试消息：已发给 lina/);
    expect(out).toMatch(/共 13 项：13 项正常，0 项要改，0 项说不准或没有用。\n$/);
    expect(wecom?.platform.textsOf('lina')).toEqual([expect.stringContaining('聊单诊断')]);
    expect(dingtalk?.platform.quota.used('openApi')).toBe(0);
    for (const [name, value] of Object.entries(environment))
      if (/SECRET|TOKEN|KEY$/.test(name)) expect(out, name).not.toContain(value);
  });

  it('a call that the platform counts is counted over processes', async () => {
    const { environment } = await open({ dingtalk: {} });
    await run(['dingtalk'], environment);
    const { out } = await run(['dingtalk'], environment);
    expect(out).toContain('聊单本月用了 2 次，上限 5000 次');
  });

  it('a running product of another app, and none at all, are told apart', async () => {
    const { environment } = await open();
    const other = await run(['feishu'], { ...environment, FEISHU_APP_ID: 'cli_0000000000000000' });
    expect(other.code).toBe(1);
    expect(other.out).toMatch(/✗ 正在运行的聊单：在运行，但没有接入这里填的这个应用。\n {6}怎么办：.*重启/);
    const nowhere = await run(['feishu'], { ...environment, PUBLIC_URL: await closedUrl() });
    expect(nowhere.code).toBe(1);
    expect(nowhere.out).toMatch(/\? 正在运行的聊单：没有找到/);
    expect(nowhere.out).toMatch(/✗ 回调地址：127\.0\.0\.1:\d+ 拒绝连接/);
  });

  it('without a platform, with one that nobody knows, and with a person of no platform', async () => {
    const { url, dispose } = await readyDatabaseUrl();
    const bare = await run([], { DATABASE_URL: url });
    expect(bare.code).toBe(1);
    expect(bare.out).toContain('没有接入飞书、企业微信、钉钉');
    const one = await run(['wecom'], { DATABASE_URL: url });
    expect(one.out).toContain('没有接入企业微信：');
    for (const args of [
      ['doctor', 'telegram'],
      ['doctor', '--to', 'lina'],
      ['doctor', 'wecom', '--for', 'lina'],
    ]) {
      const { code, out, err } = await run(args, { DATABASE_URL: url });
      expect({ code, out }).toEqual({ code: 2, out: '' });
      expect(err).toMatch(/^用法：npm run crm -- doctor/);
    }
    await dispose();
  });

  it('what the running product says of itself is taken over, as bad as it says', async () => {
    const channel = { platform: 'feishu', account: 'app', transport: 'websocket' };
    let state = { ...channel, status: 'failed', detail: 'App Secret 不对。' };
    const server = createHttpServer((_request, response) => response.end(JSON.stringify({ channels: [state] })));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const look = async () => (await readRunning({ port, publicUrl: null }))({ platform: 'feishu', appKey: 'app' });
    expect(await look()).toMatchObject({ state: 'bad', detail: 'App Secret 不对。（failed，websocket）' });
    state = { ...state, status: 'connecting' };
    expect(await look()).toMatchObject({ state: 'unknown', remedy: expect.stringContaining('再试') });
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it('variables of another platform that are half filled do not keep one from being looked at', async () => {
    const { environment } = await open();
    const half = { ...environment, WECOM_CORP_ID: 'ww0123456789abcdef' };
    await expect(run([], half)).rejects.toThrow('WECOM_SECRET');
    expect((await run(['feishu'], half)).code).toBe(0);
  });
});
