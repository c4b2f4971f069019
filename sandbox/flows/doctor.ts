/** The setup doctor: three things set up wrongly, one on each platform, are named with what to do; mended, all is well. */
import assert from 'node:assert/strict';
import { doctorCommand } from '../../src/commands/doctor.ts';
import type { Environment } from '../../src/settings.ts';
import { type Flow, settled } from './flow.ts';

const STRANGER = '203.0.113.9';

const doctor: Flow = {
  name: 'doctor',
  sandbox: { wecom: {}, dingtalk: {} },
  async play(sandbox) {
    const { wecom, dingtalk, environment } = sandbox;
    assert.ok(wecom && dingtalk);
    await wecom.platform.waitForBot();
    await dingtalk.platform.waitForConnection();
    await settled(sandbox);

    wecom.platform.grants.trustedIps = [STRANGER];
    sandbox.platform.grants.scopes.delete('im:message:send_as_bot');
    const ill = await run({ ...environment, DINGTALK_CORP_ID: 'ding00000000', WECOM_TOKEN: 'another' });
    assert.equal(ill.code, 1);
    assert.deepEqual(ill.wrong.map(([name]) => name).sort(), ['企业', '企业可信IP', '回调地址', '权限'].sort());
    assert.match(ill.remedyOf('权限'), /权限管理.*发布新版本/);
    assert.match(ill.remedyOf('企业可信IP'), /127\.0\.0\.1 不在「企业可信IP」里/);
    assert.match(ill.remedyOf('回调地址'), /WECOM_TOKEN/);
    assert.match(ill.remedyOf('企业'), /DINGTALK_CORP_ID/);

    wecom.platform.grants.trustedIps = [];
    sandbox.platform.grants.scopes.add('im:message:send_as_bot');
    const well = await run(environment);
    assert.deepEqual(well.wrong, []);
    assert.equal(well.code, 0);
    // The running product kept its connections.
    assert.equal(wecom.platform.bot.ready(), 1);
    assert.equal(dingtalk.platform.gateway.connections().length, 1);
  },
};

async function run(env: Environment) {
  let out = '';
  const code = await doctorCommand([], env, (text) => {
    out += text;
  });
  const wrong = [...out.matchAll(/✗ ([^：]+)：.*\n {6}怎么办：(.*)/g)].map(([, name = '', remedy = '']) => [
    name,
    remedy,
  ]);
  return { code, wrong, remedyOf: (name: string) => wrong.find(([known]) => known === name)?.[1] ?? '' };
}

export const doctorFlows: readonly Flow[] = [doctor];
