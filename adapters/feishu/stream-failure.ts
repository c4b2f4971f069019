/** Why the long connection ended for good in the SDK's eyes, in words for the person who can mend it. */
import type { ChannelState } from '../../src/channel/channel.ts';

export interface StreamProblem {
  readonly status: ChannelState['status'];
  readonly detail: string;
}

/** Codes of the endpoint discovery (oapi-sdk-go ws/const.go). */
const known: Readonly<Record<number, StreamProblem>> = {
  1: { status: 'degraded', detail: '飞书的长连接服务繁忙，稍后会再试。' },
  403: {
    status: 'failed',
    detail: '飞书拒绝了长连接：请在「事件与回调 → 订阅方式」选择「使用长连接接收事件」并发布版本。',
  },
  514: { status: 'failed', detail: 'App ID 或 App Secret 不对，长连接建立不了：请在「凭证与基础信息」核对。' },
  1000040350: { status: 'failed', detail: '这个应用的长连接数已到上限：请停掉多余的实例（包括用同一应用的测试机）。' },
  1000040351: { status: 'failed', detail: '应用与接口地址不匹配（飞书与 Lark 是两套）：请检查 FEISHU_API_BASE。' },
};

/** The SDK words it as `pullConnectConfig failed: code=…, msg=…` or as an exhausted reconnect. */
export function explainStreamFailure(error: Error): StreamProblem {
  const code = Number(/code=(\d+)/.exec(error.message)?.[1]);
  const fallback = Number.isNaN(code) ? '与飞书的长连接断开后没能重连，稍后会再试。' : explainStreamCode(code);
  return known[code] ?? { status: 'degraded', detail: fallback };
}

/** What a code of the discovery means and what to do. */
export function explainStreamCode(code: number): string {
  return known[code]?.detail ?? `飞书拒绝了长连接（${code}），稍后会再试。`;
}
