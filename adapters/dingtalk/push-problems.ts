/** What the pushes themselves tell about the app's health: month used up, another company, an unpublished version. */
import type { MessageSender } from './message-head.ts';
import { monthOf } from './month.ts';
import type { Problem } from './state.ts';

export interface PushProblems {
  /** A message came without its words: the month's Webhook & Stream traffic is used up. */
  exhausted(): void;
  /** A message came with its words. */
  heard(from: MessageSender['kind']): void;
  /** A push of another company came; null when it names none. */
  foreign(corpId: string | null): void;
  problem(): Problem | null;
}

const hourMs = 3_600_000;

const usedUp =
  '本月的 Webhook 与 Stream 调用量已经用完，钉钉不再把消息内容交给聊单；下个月 1 日自动恢复，也可以请管理员升级钉钉版本或购买加量包。';
const unpublished =
  '钉钉没有告诉聊单是谁在说话：请在开放平台「版本管理与发布」里发布应用，并把可用范围设为需要的同事。';

export function createPushProblems(now: () => number): PushProblems {
  let exhaustedIn: string | null = null;
  let exhaustedCount = 0;
  let nameless = false;
  let stranger: { readonly corpId: string | null; readonly at: number } | null = null;

  return {
    exhausted() {
      exhaustedCount = exhaustedIn === monthOf(now()) ? exhaustedCount + 1 : 1;
      exhaustedIn = monthOf(now());
    },
    heard(from) {
      // Words arrive again: somebody bought more.
      exhaustedIn = null;
      if (from !== 'outsider') nameless = from === 'nameless';
      stranger = null;
    },
    foreign(corpId) {
      stranger = { corpId, at: now() };
    },
    problem() {
      if (exhaustedIn === monthOf(now())) {
        return { status: 'degraded', detail: `${usedUp}（已有 ${exhaustedCount} 条消息没有内容）` };
      }
      if (stranger !== null && now() - stranger.at < hourMs) {
        const whose = stranger.corpId === null ? '没有说明企业' : `属于另一家企业（${stranger.corpId.slice(0, 40)}）`;
        return { status: 'degraded', detail: `收到的推送${whose}，已拒绝：请核对 DINGTALK_CORP_ID。` };
      }
      return nameless ? { status: 'degraded', detail: unpublished } : null;
    },
  };
}
