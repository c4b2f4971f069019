/** Whether messages can come in: a ticket for the stream, and in webhook mode the callback address with our keys. */
import { randomBytes } from 'node:crypto';
import { isLoopback, probeCallback } from '../../src/channel/callback-probe.ts';
import { bad, type Finding, good } from '../../src/channel/doctor.ts';
import type { Agents } from './agents.ts';
import { decrypt, encrypt, readKey } from './decrypt.ts';
import { parseRecord, textField } from './json.ts';
import { canReach } from './reach.ts';
import type { DingtalkSettings } from './settings.ts';
import { eventSignature } from './signature.ts';
import { cardTopic, robotTopic } from './stream/dispatch.ts';
import { askForSocket, OpenFailure } from './stream/gateway.ts';

const stream = 'Stream 连接';

/** Takes a ticket and leaves it unused: of several connections each message goes to one, by chance. */
export async function checkStream(settings: DingtalkSettings, agents: Agents): Promise<Finding> {
  const { apiBase, clientId, clientSecret, proxy } = settings;
  const subscriptions = [robotTopic, cardTopic].map((topic) => ({ type: 'CALLBACK' as const, topic }));
  const wanted = { agents, apiBase, clientId, clientSecret, subscriptions, withinMs: 10_000 };
  try {
    const url = new URL(await askForSocket({ ...wanted, signal: new AbortController().signal }));
    if (Object.keys(proxy).length === 0 && !(await canReach(url))) {
      return bad(
        stream,
        `钉钉给了连接地址，但连不到 ${url.host}。`,
        `让服务器能访问 ${url.host}（防火墙、安全组放行 443 端口）。`,
      );
    }
    return good(stream, '钉钉愿意接受连接。没有真的连上，免得分走正在运行的聊单的消息。');
  } catch (error) {
    if (error instanceof OpenFailure && error.kind === 'refused') {
      const remedy =
        '开放平台 → 凭证与基础信息 → 重新复制 Client ID 和 Client Secret；机器人的消息接收模式选 Stream 模式并发布。';
      return bad(stream, '钉钉不认应用（authFailed）。', remedy);
    }
    const said = error instanceof Error ? error.message : '';
    const remedy =
      '让服务器能访问 api.dingtalk.com 的 443 端口；自己的网关不要把这个接口的应答改成网页。过几分钟再试。';
    return bad(stream, `要不到连接地址（${said}）。`, remedy);
  }
}

/** Of every push over HTTP (dingtalk.md §1.4). */
const withinMs = 2_500;

/** Sends what saving the address in the console sends: an event of no meaning, which nothing is stored for. */
export function checkCallback(
  settings: DingtalkSettings,
  publicUrl: string | null,
  now: number,
): Promise<Finding> | null {
  const { token, aesKey, clientId, mode, apiBase } = settings;
  if (mode !== 'webhook' || token === null || aesKey === null) return null;
  const key = readKey(aesKey);
  const sealed = encrypt(JSON.stringify({ EventType: 'check_url' }), clientId, randomBytes(16), key);
  const [timestamp, nonce] = [String(now), randomBytes(8).toString('hex')];
  const signature = eventSignature(token, timestamp, nonce, sealed);
  const isRight = (answer: string): boolean => {
    const reply = parseRecord(answer) ?? {};
    const [at, word, ours] = [textField(reply, 'timeStamp'), textField(reply, 'nonce'), textField(reply, 'encrypt')];
    if (at === null || word === null || ours === null) return false;
    if (textField(reply, 'msg_signature') !== eventSignature(token, at, word, ours)) return false;
    const opened = decrypt(ours, key);
    return opened.ok && opened.message === 'success';
  };
  const steps = (name: string, label: string) =>
    `核对 .env 的 ${name} 与应用「事件订阅 → HTTP 推送」里的${label}一字不差。`;
  return probeCallback({
    publicUrl,
    path: '/callbacks/dingtalk',
    localPlatform: isLoopback(apiBase),
    withinMs,
    request: {
      method: 'POST',
      query: { msg_signature: signature, signature, timestamp, nonce },
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ encrypt: sealed }),
    },
    isRight,
    refusals: {
      bad_signature: [
        '这里的 DINGTALK_TOKEN 与正在运行的聊单不同，或反向代理改了网址里的参数。',
        steps('DINGTALK_TOKEN', '签名 Token'),
      ],
      bad_encryption: ['这里的 DINGTALK_AES_KEY 与正在运行的聊单不同。', steps('DINGTALK_AES_KEY', '加密 aes_key')],
      wrong_owner: [
        '这里的 DINGTALK_CLIENT_ID 与正在运行的聊单不同。',
        '核对 .env 的 DINGTALK_CLIENT_ID 与「凭证与基础信息」里的 Client ID。',
      ],
    },
  });
}
