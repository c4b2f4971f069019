/** The setup doctor of WeCom: what an administrator has to have done, looked at from the server's side. */
import type { Agent } from 'node:http';
import type { Channel } from '../../src/channel/channel.ts';
import { DeliveryError } from '../../src/channel/delivery.ts';
import { bad, type Doctor, type Finding, good, judgeClock, judgePages, unknown } from '../../src/channel/doctor.ts';
import type { WecomClient } from './client.ts';
import { probeWecomCallback } from './doctor-callback.ts';
import { asFailure } from './doctor-failure.ts';
import { type DoctorParts, optionalParts } from './doctor-parts.ts';
import { explainFailure, isPassing } from './errors.ts';
import { field, type JsonRecord, recordField } from './json.ts';
import { platformDate } from './platform-date.ts';

export interface WecomDoctorParts extends DoctorParts {
  readonly client: WecomClient;
  readonly deliver: Channel['deliver'];
  readonly agent: Agent;
  readonly now: () => number;
}

const credentials = '应用凭证';
const wrongCredentials = [40001, 40013];
const trustedIp = '企业可信IP';
const agentCheck = '应用';
const wrongAgent = [301002, 40056];

export function createDoctor(parts: WecomDoctorParts): Doctor {
  return async function* diagnose({ publicUrl, testMessageTo }) {
    const agent = await askAgent(parts);
    yield* agent.findings;
    yield judgePages(publicUrl);
    yield await clock(parts);
    yield await probeWecomCallback(parts.settings, publicUrl, parts.now());
    if (!agent.usable) return;
    yield* optionalParts(parts);
    if (testMessageTo !== null) yield await testMessage(parts, testMessageTo);
  };
}

/** One call tells four things, by the code it is refused with. https://developer.work.weixin.qq.com/document/path/90227 */
async function askAgent({ client, settings }: WecomDoctorParts): Promise<{ findings: Finding[]; usable: boolean }> {
  try {
    const agent = await client.get('agent/get', { agentid: String(settings.agentId) });
    const known = [
      good(credentials, '企业 ID 和 Secret 拿到了访问凭证。'),
      good(trustedIp, '企业微信接受这台服务器的调用。'),
    ];
    return { findings: [...known, judgeState(agent), judgeRange(agent)], usable: true };
  } catch (error) {
    const failure = asFailure(error);
    const said = explainFailure(failure);
    if (failure.code === null) return { findings: [bad(credentials, '连不上企业微信的接口。', said)], usable: false };
    if (failure.is(...wrongCredentials)) {
      return { findings: [bad(credentials, `企业微信不认（${failure.code}）。`, said)], usable: false };
    }
    const findings = [good(credentials, '企业 ID 和 Secret 拿到了访问凭证。')];
    if (failure.is(60020)) {
      const seen = failure.ip ? `企业微信看到的地址是 ${failure.ip}` : '地址见错误信息';
      return { findings: [...findings, bad(trustedIp, `调用被拒（60020），${seen}。`, said)], usable: false };
    }
    if (isPassing(failure)) {
      return {
        findings: [...findings, unknown(agentCheck, `企业微信暂时没有答复（${failure.code}）。`, said)],
        usable: false,
      };
    }
    const remedy = failure.is(...wrongAgent) ? `${said}这两项在同一个应用页上。` : said;
    return { findings: [...findings, bad(agentCheck, `读不到应用（${failure.code}）。`, remedy)], usable: false };
  }
}

function judgeState(agent: JsonRecord): Finding {
  const name = typeof agent.name === 'string' ? `「${agent.name}」` : '应用';
  return field(agent, 'close') === 1
    ? bad(agentCheck, `${name}已停用。`, '管理后台 → 应用管理 → 打开这个应用 → 启用。')
    : good(agentCheck, `${name}在用。`);
}

const rootDepartment = 1;

function judgeRange(agent: JsonRecord): Finding {
  const check = '可见范围';
  const count = (group: string, list: string): number => {
    const found = recordField(agent, group);
    const items = found ? field(found, list) : null;
    return Array.isArray(items) ? items.length : 0;
  };
  const parties = recordField(agent, 'allow_partys');
  const departments = parties ? field(parties, 'partyid') : null;
  const [people, tags] = [count('allow_userinfos', 'user'), count('allow_tags', 'tagid')];
  const whole = Array.isArray(departments) && departments.includes(rootDepartment);
  if (whole) return good(check, '整个公司。');
  const size = count('allow_partys', 'partyid');
  if (people + tags + size === 0) {
    return bad(check, '没有任何人：谁都收不到、谁也发不来。', '应用页 → 可见范围 → 选上所有要用的同事，保存。');
  }
  return good(check, `${people} 位成员、${size} 个部门、${tags} 个标签。要读客户群名称，须选整个公司。`);
}

async function clock({ agent, settings, now }: WecomDoctorParts): Promise<Finding> {
  const date = await platformDate(agent, settings.apiBase).catch(() => null);
  return judgeClock(date, now());
}

async function testMessage({ deliver, now }: WecomDoctorParts, userId: string): Promise<Finding> {
  const check = '测试消息';
  try {
    // The minute makes it another text: the platform drops the same words said twice.
    const text = `聊单诊断：收到这条，说明应用能给你发消息。（${new Date(now()).toISOString().slice(11, 19)}）`;
    await deliver({ kind: 'text.send', key: `doctor-${now()}`, to: { kind: 'person', id: userId }, text });
    return good(check, `已发给 ${userId}，请他看看企业微信里的应用消息。`);
  } catch (error) {
    const says = error instanceof DeliveryError ? error.message : '发送失败。';
    return bad(check, `没有发到 ${userId}。`, `${says}编号要填通讯录里的“账号”（userid）。`);
  }
}
