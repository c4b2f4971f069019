/** Plain userids of the people the bot hears: the platform encrypts them unless the bot's creator is a super administrator. */
import type { ChannelLog } from '../../../src/channel/channel.ts';
import type { BotProblem } from './problems.ts';

export interface People {
  /** The plain userid, or the given id where nobody can tell. Never rejects; waits for the platform for 2 s at most. */
  plainId(userId: string): Promise<string>;
  problem(): BotProblem | null;
}

/** `open_userid` has no documented shape; all that were seen are `wo` and about 30 characters. Plain ids of that shape are rare and harmless: they are asked about in vain. */
const encrypted = /^wo[A-Za-z0-9_-]{28,62}$/;
const withinMs = 2_000;
const mostKnown = 5_000;

const hidden: BotProblem = {
  status: 'degraded',
  detail:
    '智能机器人收到的成员账号是加密的，认不出是谁：请让超级管理员来创建这个机器人，或检查应用能否调用「open_userid 转 userid」接口。',
};

export function createPeople(
  plainUserIds: (openUserIds: readonly string[]) => Promise<ReadonlyMap<string, string>>,
  log: ChannelLog,
): People {
  const known = new Map<string, string>();
  let unknown = false;

  async function ask(userId: string): Promise<string> {
    try {
      const plain = (await within(plainUserIds([userId]))).get(userId);
      unknown = plain === undefined;
      if (plain === undefined) return userId;
      if (known.size >= mostKnown) known.clear();
      known.set(userId, plain);
      return plain;
    } catch (error) {
      unknown = true;
      log.warn({ error: error instanceof Error ? error.name : 'unknown' }, 'wecom bot could not learn a userid');
      return userId;
    }
  }

  return {
    async plainId(userId) {
      return encrypted.test(userId) ? (known.get(userId) ?? ask(userId)) : userId;
    },
    problem: () => (unknown ? hidden : null),
  };
}

async function within<T>(work: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error('no answer in time')), withinMs);
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
