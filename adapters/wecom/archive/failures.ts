/** What stops the archive, in words for the health page, and how long to wait before trying again. */
import type { ChannelState } from '../../../src/channel/channel.ts';
import { ApiFailure } from '../api-failure.ts';
import { explainFailure } from '../errors.ts';
import { LibraryFailure } from './library.ts';

/** The library, or the platform through it, answered with this code. */
export class ArchiveRefusal extends Error {
  override readonly name = 'ArchiveRefusal';
  readonly code: number;

  constructor(code: number) {
    super(`archive refused ${code}`);
    this.code = code;
  }
}

export interface ArchiveProblem {
  readonly status: ChannelState['status'];
  readonly detail: string;
  readonly waitMs: number;
}

const soon = 15_000;
const person = 5 * 60_000;

const mends = (detail: string): ArchiveProblem => ({ status: 'degraded', detail, waitMs: soon });
const needs = (detail: string): ArchiveProblem => ({ status: 'failed', detail, waitMs: person });

const network = mends('会话存档连不上企业微信，稍后会再试：请检查服务器的网络和代理。');
const address = needs('服务器的 IP 不在会话存档的可信 IP 里：请在「管理工具 → 会话内容存档」的可信 IP 地址里加上。');

/** Return codes of the SDK [D:91774] and codes in its reply [D:90313]. */
const byCode: Readonly<Record<number, ArchiveProblem>> = {
  10000: needs('会话存档的 SDK 说参数不对（10000）：请核对 WECOM_CORP_ID 和 WECOM_ARCHIVE_SECRET。'),
  10001: network,
  10002: network,
  10003: network,
  10009: address,
  10010: mends('有会话记录超过 5 天没有取走，已过期；从现存最早的记录接着取。'),
  10011: needs('会话存档的 SDK 校验不了证书（10011）：请更新服务器的根证书和 SDK。'),
  [-1]: network,
  6000: network,
  40001: needs('会话存档的 Secret 不对：请在「管理工具 → 会话内容存档」查看并填好 WECOM_ARCHIVE_SECRET，改好后重启。'),
  40013: needs('企业 ID 不对：请核对 WECOM_CORP_ID，改好后重启。'),
  45009: { ...mends('会话存档取得太频繁，企业微信让我们等一分钟。'), waitMs: 60_000 },
  48002: needs('这个 Secret 没有会话存档的权限：请填「会话内容存档」自己的 Secret，不是应用的 Secret。'),
  301042: address,
  301052: needs('会话内容存档已到期：请在企业微信管理后台续费。'),
  301053: needs('企业还没有开启会话内容存档：请在「管理工具 → 会话内容存档」开启。'),
};

export const tooBig = 301058;
export const expired = 10010;

export function explainArchive(error: unknown): ArchiveProblem {
  if (error instanceof ArchiveRefusal) {
    return byCode[error.code] ?? mends(`会话存档暂时取不到记录（${error.code}），稍后会再试。`);
  }
  if (error instanceof LibraryFailure) return explainLibrary(error);
  if (error instanceof ApiFailure) return mends(`查不到客户是否同意存档，先不取新记录：${explainFailure(error)}`);
  return mends('会话存档的记录暂时存不下来，稍后会再试：请检查数据库。');
}

function explainLibrary({ kind, code }: LibraryFailure): ArchiveProblem {
  if (kind === 'load') {
    return needs(
      '会话存档的动态库打不开：请检查 WECOM_ARCHIVE_LIB 指向的文件，是否适合这台机器（Linux x64 或 arm64）。',
    );
  }
  if (kind === 'init') {
    return code === null
      ? network
      : (byCode[code] ?? needs(`会话存档的 SDK 启动失败（${code}）：请核对企业 ID 和存档 Secret。`));
  }
  return mends('会话存档的动态库崩溃或没有反应，已另起一个进程，稍后会再试。');
}
