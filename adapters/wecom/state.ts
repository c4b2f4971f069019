/** How the channel says that it is: the worst of its parts, and which ways customers' words come in. */
import type { ChannelState } from '../../src/channel/channel.ts';
import type { Source } from './source.ts';

export type Life = 'new' | 'started' | 'stopped';

type Problem = Pick<ChannelState, 'status' | 'detail'> | null;

const names = { kf: '微信客服', bot: '智能机器人', archive: '会话存档' } as const;
const deaf =
  '能收发消息，但还听不到客户说话：没有接上微信客服、智能机器人或会话存档，只有同事转给应用的话会被看到（接法见 docs/connect-wecom.md）。';

/**
 * A fault of the app itself is the channel's; one of the sources leaves the rest working. `transport` names the ways
 * that are on, because a company should see at a glance where its customers' words come from.
 */
export function describeState(
  life: Life,
  own: Problem,
  sources: Readonly<Record<keyof typeof names, Source | null>>,
  serviceAccounts: number,
): ChannelState {
  const on = (Object.keys(names) as (keyof typeof names)[]).filter((key) =>
    key === 'kf' ? serviceAccounts > 0 : sources[key] !== null,
  );
  const transport = ['webhook', ...on.map((key) => names[key])].join(' + ');
  if (life === 'stopped') return { status: 'stopped', transport, detail: null };
  if (own !== null) return { ...own, transport };
  const troubled = (Object.keys(names) as (keyof typeof names)[]).flatMap((key) => {
    const problem = sources[key]?.problem();
    return problem ? [{ status: problem.status, words: `${names[key]}：${problem.detail ?? '暂时不可用。'}` }] : [];
  });
  if (troubled.length > 0) {
    const onlyConnecting = troubled.every(({ status }) => status === 'connecting');
    const detail = troubled.map(({ words }) => words).join('');
    return { status: onlyConnecting ? 'connecting' : 'degraded', transport, detail };
  }
  return { status: 'ready', transport, detail: on.length === 0 ? deaf : null };
}
