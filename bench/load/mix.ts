/** Who says what in the load bench: mostly small talk, and now and then words that must reach somebody's card. */

export type LoadPlatform = 'feishu' | 'wecom' | 'dingtalk';

/** What a message must cause: nothing anybody sees, a move on the day's card, or a question on a card of its own. */
export type Cause = 'talk' | 'move' | 'ask';

export interface Turn {
  readonly platform: LoadPlatform;
  readonly cause: Cause;
}

/**
 * Of a hundred messages. The most that the platforms' own limits let through lies at 500 messages a second and more:
 * Feishu takes 1,000 calls of an app a minute (2 of 100 messages make one), DingTalk's robot 20 a second of one kind (3 of
 * 100). DingTalk's robot hears only what colleagues hand to it, and answers whatever it hears: it carries little.
 */
const SHARES: readonly (Turn & { readonly of100: number })[] = [
  { platform: 'feishu', cause: 'talk', of100: 58 },
  { platform: 'feishu', cause: 'move', of100: 2 },
  { platform: 'wecom', cause: 'talk', of100: 33 },
  { platform: 'wecom', cause: 'ask', of100: 3 },
  { platform: 'dingtalk', cause: 'talk', of100: 1 },
  { platform: 'dingtalk', cause: 'move', of100: 3 },
];

/** Words about a deal that are not about its stage. */
export const TALK: readonly string[] = [
  '您好，上次说的那批轴承座，规格书发您邮箱了，麻烦看一下材料和公差要求',
  '好的，收到',
  '我们这边下周二开会定，到时候给您回话',
  '图纸第 3 页那个孔位尺寸标错了，已经让技术改',
];
/** Moves a deal that stands in `contacted`. */
export const MOVE = '麻烦报个价，3000 套，含税到宁波';
/** Makes a card of its own: nothing has happened yet. */
export const ASK = '报价啥时候能出';

/** A hundred turns with every kind spread evenly among them. */
const HUNDRED: readonly Turn[] = SHARES.flatMap(({ platform, cause, of100 }, kind) =>
  Array.from({ length: of100 }, (_, n) => ({ platform, cause, at: (n + (kind + 1) / (SHARES.length + 1)) / of100 })),
)
  .sort((a, b) => a.at - b.at)
  .map(({ platform, cause }) => ({ platform, cause }));

export const turnAt = (n: number): Turn => HUNDRED[n % HUNDRED.length] ?? { platform: 'feishu', cause: 'talk' };

/** How many of so many messages are of this kind. */
export function countOf(messages: number, platform: LoadPlatform, cause: Cause): number {
  let count = 0;
  for (let n = 0; n < messages; n += 1) if (is(turnAt(n), platform, cause)) count += 1;
  return count;
}

const is = (turn: Turn, platform: LoadPlatform, cause: Cause) => turn.platform === platform && turn.cause === cause;
