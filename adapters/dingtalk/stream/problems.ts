/** What the health page says about the stream's connection. */
import type { Problem } from '../state.ts';
import { OpenFailure } from './gateway.ts';

export const connecting: Problem = { status: 'connecting', detail: '正在与钉钉建立 Stream 连接。' };

export const reconnecting: Problem = {
  status: 'degraded',
  detail: '与钉钉的 Stream 连接断开了，正在重连；断开期间的消息钉钉会补发。',
};

const refused: Problem = {
  status: 'failed',
  detail:
    '钉钉不认应用的 Client ID 或 Client Secret（authFailed）：请到开放平台「凭证与基础信息」重新复制，填好 DINGTALK_CLIENT_ID 和 DINGTALK_CLIENT_SECRET 后重启。',
};

/** Asks of people only what people can do. `failures`: how many times in a row. */
export function explainFailure(error: unknown, failures: number, wasUp: boolean): Problem {
  if (error instanceof OpenFailure && error.kind === 'refused') return refused;
  const hint =
    failures >= 4
      ? '请检查服务器能否访问 api.dingtalk.com:443 和 wss-open-connection.dingtalk.com:443。'
      : '稍后再试。';
  return { status: wasUp ? 'degraded' : 'connecting', detail: `连不上钉钉的 Stream 服务，正在继续尝试：${hint}` };
}
