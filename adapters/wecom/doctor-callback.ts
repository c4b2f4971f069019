/** Sends our own callback address the echo that the console sends when it is saved. */
import { randomInt } from 'node:crypto';
import { encrypt, getSignature } from '@wecom/crypto';
import { isLoopback, probeCallback } from '../../src/channel/callback-probe.ts';
import type { Finding } from '../../src/channel/doctor.ts';
import type { WecomSettings } from './settings.ts';

/** Of the platform's check when the address is saved; pushes have five seconds. https://developer.work.weixin.qq.com/document/path/90930 */
const withinMs = 1_000;

/** Signed with our Token and sealed with our AES key: who answers with the plain echo holds the same ones. */
export function probeWecomCallback(
  { token, aesKey, corpId, apiBase }: Pick<WecomSettings, 'token' | 'aesKey' | 'corpId' | 'apiBase'>,
  publicUrl: string | null,
  now: number,
): Promise<Finding> {
  const echo = `${randomInt(10 ** 9, 10 ** 10)}${randomInt(10 ** 9, 10 ** 10)}`;
  const sealed = encrypt(aesKey, echo, corpId);
  const [timestamp, nonce] = [String(Math.floor(now / 1000)), String(randomInt(2 ** 32))];
  const signature = getSignature(token, timestamp, nonce, sealed);
  return probeCallback({
    publicUrl,
    path: '/callbacks/wecom',
    localPlatform: isLoopback(apiBase),
    withinMs,
    request: { method: 'GET', query: { msg_signature: signature, timestamp, nonce, echostr: sealed } },
    isRight: (body) => body === echo,
    refusals: {
      bad_signature: [
        '这里的 WECOM_TOKEN 与正在运行的聊单不同，或反向代理改了网址里的参数。',
        '核对 .env 的 WECOM_TOKEN 与应用页「接收消息」里的 Token 一字不差；反向代理要原样转发问号后面的内容。',
      ],
      bad_encryption: [
        '这里的 WECOM_AES_KEY 与正在运行的聊单不同。',
        '核对 .env 的 WECOM_AES_KEY 与应用页「接收消息」里的 EncodingAESKey 一字不差。',
      ],
      wrong_corp: [
        '这里的 WECOM_CORP_ID 与正在运行的聊单不同。',
        '核对 .env 的 WECOM_CORP_ID 与「我的企业 → 企业信息」里的企业 ID。',
      ],
    },
  });
}
