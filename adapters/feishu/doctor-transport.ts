/** Whether events can come in: the callback address with our keys, or the way to a long connection. */
import { createCipheriv, createHash, randomBytes, randomInt } from 'node:crypto';
import type { Agent } from 'node:http';
import { isLoopback, probeCallback } from '../../src/channel/callback-probe.ts';
import { bad, type Finding, good } from '../../src/channel/doctor.ts';
import { deriveKey } from './decrypt.ts';
import { asFailure, codeOf, remedyFor } from './doctor-failure.ts';
import { createHttpInstance } from './http.ts';
import { canReach } from './reach.ts';
import type { FeishuSettings } from './settings.ts';
import { explainStreamCode } from './stream-failure.ts';

export function checkTransport(
  settings: FeishuSettings,
  agent: Agent,
  publicUrl: string | null,
  now: number,
): Promise<Finding> {
  const { encryptKey, verificationToken } = settings;
  return settings.mode === 'webhook' && encryptKey !== null && verificationToken !== null
    ? callback({ encryptKey, verificationToken }, publicUrl, isLoopback(settings.apiBase), now)
    : longConnection(settings, agent);
}

/** Of the challenge when the address is saved (feishu.md §2.1). */
const challengeWithinMs = 1_000;

/** The console does not sign its challenge; signed, it also tells which of the two keys is another. */
function callback(
  { encryptKey, verificationToken }: { readonly encryptKey: string; readonly verificationToken: string },
  publicUrl: string | null,
  localPlatform: boolean,
  now: number,
): Promise<Finding> {
  const challenge = `${randomInt(10 ** 9, 10 ** 10)}${randomInt(10 ** 9, 10 ** 10)}`;
  const text = JSON.stringify({ type: 'url_verification', token: verificationToken, challenge });
  const iv = randomBytes(16);
  const cipher = createCipheriv('aes-256-cbc', deriveKey(encryptKey), iv);
  const sealed = Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final()]).toString('base64');
  const body = JSON.stringify({ encrypt: sealed });
  const [timestamp, nonce] = [String(Math.floor(now / 1000)), randomBytes(8).toString('hex')];
  const signature = createHash('sha256')
    .update(timestamp + nonce + encryptKey + body, 'utf8')
    .digest('hex');
  return probeCallback({
    publicUrl,
    path: '/callbacks/feishu',
    localPlatform,
    withinMs: challengeWithinMs,
    request: {
      method: 'POST',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'x-lark-request-timestamp': timestamp,
        'x-lark-request-nonce': nonce,
        'x-lark-signature': signature,
      },
      body,
    },
    isRight: (answer) => answer === JSON.stringify({ challenge }),
    refusals: {
      bad_signature: [
        '这里的 FEISHU_ENCRYPT_KEY 与正在运行的聊单不同，或反向代理改了请求内容。',
        '核对 .env 的 FEISHU_ENCRYPT_KEY 与「事件与回调 → 加密策略」里的 Encrypt Key 一字不差。',
      ],
      wrong_token: [
        '这里的 FEISHU_VERIFICATION_TOKEN 与正在运行的聊单不同。',
        '核对 .env 的 FEISHU_VERIFICATION_TOKEN 与「事件与回调 → 加密策略」里的 Verification Token 一字不差。',
      ],
    },
  });
}

const check = '长连接';

/**
 * Asks for the address of a connection and makes none: the platform gives each event to one connection by chance, and
 * one of ours would take events from the running server.
 */
async function longConnection({ apiBase, appId, appSecret, proxy }: FeishuSettings, agent: Agent): Promise<Finding> {
  const http = createHttpInstance(agent, 10_000, 'return');
  try {
    const reply = await http.post<{ code?: number; data?: { URL?: string } }>(`${apiBase}/callback/ws/endpoint`, {
      AppID: appId,
      AppSecret: appSecret,
    });
    const url = reply.data?.URL;
    if (reply.code !== 0 || !url) {
      return bad(check, `飞书没有给出连接地址（${reply.code ?? '没有说明'}）。`, explainStreamCode(reply.code ?? 0));
    }
    const { host } = new URL(url);
    if (Object.keys(proxy).length === 0 && !(await canReach(new URL(url)))) {
      return bad(
        check,
        `飞书给了连接地址，但连不到 ${host}。`,
        `让服务器能访问 ${host} 的 443 端口（防火墙、安全组）。`,
      );
    }
    return good(check, '飞书愿意接受长连接。没有真的连上，免得分走正在运行的聊单的消息。');
  } catch (error) {
    const failure = asFailure(error);
    return bad(check, `问不到连接地址（${codeOf(failure)}）。`, remedyFor(failure));
  }
}
