/** Asks our own callback address what a platform would ask, and says what is in the way. */
import { bad, type Finding, good, unknown } from './doctor.ts';

export interface CallbackProbe {
  /** Null when it was not said where we are. */
  readonly publicUrl: string | null;
  /** Such as `/callbacks/wecom`. */
  readonly path: string;
  /** The platform itself is on this machine: an address that only this machine reaches will do. */
  readonly localPlatform: boolean;
  /** How long the platform waits for this answer, ms. */
  readonly withinMs: number;
  readonly request: {
    readonly method: 'GET' | 'POST';
    readonly query?: Readonly<Record<string, string>>;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string;
  };
  /** True when this is the answer that only a holder of our keys gives. */
  readonly isRight: (body: string) => boolean;
  /** Finding and remedy for the refusals of our own callback that the platform's keys explain. */
  readonly refusals: Readonly<Record<string, readonly [detail: string, remedy: string]>>;
}

const check = '回调地址';
const patienceMs = 10_000;
const restart = '改好 .env 后重启聊单，再试一次。';
const clocks = '这台机器和运行聊单的服务器时间不一致：两边都打开时间自动同步。';

/** Never rejects. Reaching the address from here does not prove that the platform does: a firewall may think otherwise. */
export async function probeCallback(probe: CallbackProbe): Promise<Finding> {
  const { publicUrl, path, request } = probe;
  if (publicUrl === null) {
    const remedy = `在 .env 填 PUBLIC_URL=https://你的域名，再试一次；平台后台的地址填 https://你的域名${path}。`;
    return unknown(check, '没有填 PUBLIC_URL，不知道平台从哪里访问聊单。', remedy);
  }
  if (!URL.canParse(publicUrl)) {
    return bad(check, 'PUBLIC_URL 不是一个网址。', '在 .env 填 PUBLIC_URL=https://你的域名，再试一次。');
  }
  const url = new URL(publicUrl + path);
  if (!probe.localPlatform && isPrivate(url.hostname)) {
    const remedy = '换成公网域名，或用内网穿透，填好 PUBLIC_URL 和平台后台的地址。';
    return bad(check, `${url.origin} 是内网地址，平台访问不到。`, remedy);
  }
  for (const [name, value] of Object.entries(request.query ?? {})) url.searchParams.set(name, value);
  const startedAt = performance.now();
  let status: number;
  let body: string;
  try {
    const response = await fetch(url, {
      method: request.method,
      headers: request.headers ?? {},
      body: request.body ?? null,
      redirect: 'manual',
      signal: AbortSignal.timeout(patienceMs),
    });
    status = response.status;
    body = await response.text();
  } catch (error) {
    return unreached(publicUrl, error);
  }
  const tookMs = Math.round(performance.now() - startedAt);
  if (status !== 200 || !probe.isRight(body)) return refused(probe, publicUrl + path, status, body);
  if (tookMs > probe.withinMs) {
    const remedy = '看看服务器和数据库是否太忙，域名解析和反向代理是否太慢。';
    return bad(check, `答对了，但用了 ${tookMs} 毫秒，平台只等 ${probe.withinMs} 毫秒。`, remedy);
  }
  return good(
    check,
    `${publicUrl + path} 答对了（${tookMs} 毫秒），密钥与正在运行的聊单一致。平台后台的地址要与它相同。`,
  );
}

function refused({ refusals }: CallbackProbe, address: string, status: number, body: string): Finding {
  const known = Object.entries(refusals).find(([word]) => status !== 200 && body.includes(word));
  if (known) return bad(check, `${known[1][0]}（${known[0]}）`, `${known[1][1]}${restart}`);
  if (body.includes('stale_timestamp')) return bad(check, '聊单认为请求过期了（stale_timestamp）。', clocks);
  if (body.includes('not_connected')) {
    return bad(check, '聊单在运行，但没有接入这个平台，或用的不是回调方式。', `核对 .env 里这个平台的变量。${restart}`);
  }
  if (status >= 300 && status < 400) {
    return bad(
      check,
      `${address} 转到了别处（${status}），平台不会跟着走。`,
      'PUBLIC_URL 和平台后台都填转到之后的 https 地址。',
    );
  }
  if (status === 404 || status === 200) {
    const remedy = '核对域名是否指向这台服务器、反向代理是否把 /callbacks/ 转给聊单、路径里有没有多写少写。';
    return bad(check, `${address} 回答的不是聊单（HTTP ${status}）。`, remedy);
  }
  if (status >= 502 && status <= 504) {
    return bad(
      check,
      `反向代理在，聊单不在（HTTP ${status}）。`,
      '启动聊单（npm start），核对反向代理里的端口与 PORT 一致。',
    );
  }
  return bad(
    check,
    `聊单没有接受（HTTP ${status}）。`,
    '看聊单日志里 callback refused 一行的 refusal；反向代理不要改动请求内容。',
  );
}

/** Node tells the cause of a failed fetch one level down. */
function unreached(publicUrl: string, error: unknown): Finding {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const { host } = new URL(publicUrl);
  if (error instanceof Error && error.name === 'TimeoutError') {
    return bad(
      check,
      `${host} 在 ${patienceMs / 1000} 秒内没有应答。`,
      '检查防火墙和安全组是否放行这个端口，域名解析是否指向这台服务器。',
    );
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return bad(check, `域名 ${host} 解析不到地址。`, '核对 PUBLIC_URL 的拼写，到域名服务商处加上解析记录。');
  }
  if (code === 'ECONNREFUSED') {
    return bad(check, `${host} 拒绝连接：那里没有服务在听。`, '启动聊单（npm start）或反向代理，核对端口。');
  }
  if (/CERT|SSL|TLS|SIGNATURE/.test(code)) {
    return bad(check, `${host} 的 https 证书有问题（${code}）。`, '换上有效的证书，带上完整的证书链。');
  }
  return bad(
    check,
    `连不上 ${host}（${code || '网络错误'}）。`,
    '检查网络、域名解析和防火墙；在服务器外用浏览器打开 PUBLIC_URL 试试。',
  );
}

const isPrivate = (host: string): boolean =>
  /^(localhost|\[::1\]|\[f[cd].*\]|127\.|10\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.)/.test(host);
export const isLoopback = (url: string): boolean => ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname);
