// The words that make an order to the bot: 帮助, 绑定, 记一下, 新建客户, 提醒我.
import { type LinkOrder, linkOrderOf } from './link-words.ts';
import { type GroupOrder, groupOrderOf } from './named-groups.ts';
import type { Spelt } from './spelling.ts';

/** An order with the words behind it as typed. Not `sure`: it may be an ordinary sentence (记录显示…, 新客户要报价). */
export type Command =
  | { readonly kind: 'help' }
  | GroupOrder
  | LinkOrder
  | {
      readonly kind: 'bind' | 'note' | 'new_customer' | 'remind';
      readonly rest: string;
      readonly sure: boolean;
      /** Nothing sets the words apart from the order (新客户询价). */
      readonly joined: boolean;
      /** Whom a note is for, when that stands first: 给恒锐记一下 …. */
      readonly about?: string;
    };

const help = new RegExp(
  [
    '^[/!]?(?:帮助|help|使用(?:说明|帮助|方法|教程)|说明书?|教程|菜单|功能(?:菜单|列表|介绍)?|(?:命令|指令)(?:列表)?)(?:一下|下|菜单|文档|信息|给我)?$|^[?]$',
    '(?:^|你|聊单|机器人|bot|小助手)(?:到底|究竟|都|还|具体)*(?:能|会|可以)(?:帮我|给我|帮忙)?(?:干|做|查|弄|搞|办)?(?:点|些)?(?:什么|啥|嘛|哪些事?)(?:功能|事情?|活)?(?:的)?$',
    '(?:^|你|聊单|机器人|bot|小助手)(?:这个?)?(?:要|该|应该)?(?:怎么|咋|如何|咋么)(?:用|使用|玩|使|操作|使唤)(?:你|的)?$',
    '^(?:怎么|如何|咋)(?:绑定|记录|新建|查|问|提问|新建客户|绑定客户|绑定群|查客户)$',
    '^(?:你|机器人|bot)?(?:都)?(?:有|支持)(?:什么|啥|哪些)(?:功能|命令|指令|用法|本事|技能)$|^你是(?:谁|啥|什么|干(?:啥|什么|嘛)的)$|^what can you do$|^how (?:do i|to) use (?:you|this)$',
  ].join('|'),
);
/** What ends a clause or a polite sentence without saying anything. */
const tail = /[吗呢啊呀吧哦鸭哈啦嘞捏呗了!?~]*$/;

const asks = '(?:请|麻烦|麻烦你|帮我|帮忙|请帮我|你帮我)?';
const bind =
  /^(?:把|将)?(?:这个|本|此|该)?(?:群聊?|会话|聊天)?(?:请|帮我|麻烦)?(?:重新|改)?(?:绑定|关联)(?:到|为|成)?(?:了)?(?:一下|下)?(?:这个|到)?(?:客户)?/;
const note = new RegExp(
  `^${asks}(?:记一下|记下来|记下|记录一下|记录下|记一笔|记个跟进|记一条|记条|做个记录|加个跟进|加条跟进|添加跟进|写跟进|写个跟进|新增跟进|跟进记录[:,]|备忘[:,]|记录|备注一下|note[: ]|备注|记)`,
);
/** 提醒我们 is what customers say to us. A few polite words at most: 请帮我 reads in two ways, and each more doubles them. */
const remind = new RegExp(`^(?:${asks}|到时候?|记得|别忘了){0,4}提醒我(?!们|方|司)(?:一下|下|[:,])?`);
const created = new RegExp(
  `^${asks}(?:新建|新增|添加|创建|录入|增加|登记|建|加|录)(?:一下|一个|个|一家|家|一位)?(?:新)?客户|^新客户|^new customer(?=[: ])`,
);
/** Orders that are also words of ordinary sentences: something must set them apart. */
const ordinary = /^(?:绑定|关联|记录|新客户|记|备注)$/;
/** Of these, the ones that are an order when something sets them apart from the rest. */
const oftenOrder = /^(?:绑定|关联|记录)$/;
const noteFor =
  /^(?:请|帮我|麻烦)?(?:给|替|帮)?([^,!?:]{2,16}?)(?:这边|那边|这个客户)?(?:记一下|记一笔|记个跟进|记条跟进|加个跟进|加条跟进)/;

/** Every part of a text that asks for help is short, and one of them does: 你都会点啥呀 怎么用 在线等. */
function asksForHelp(spelt: string, gaps: readonly number[]): boolean {
  const parts = [...spelt]
    .map((c, i) => (gaps.includes(i) ? ` ${c}` : c))
    .join('')
    .split(/[ ,!~;]+/);
  const whole = spelt.replace(tail, '');
  if (help.test(whole) || (spelt === '?' && help.test(spelt))) return true;
  return (
    spelt.length <= 30 &&
    parts.length > 1 &&
    parts.some((part) => /[会能用玩]/.test(part) && help.test(part.replace(tail, '')))
  );
}

/** The order in a text: spelt for comparison, `sourceFrom` gives the typed text behind so many of its characters. */
export function commandOf(read: Spelt, sourceFrom: (at: number) => string): Command | null {
  const { text: spelt, gaps } = read;
  if (asksForHelp(spelt, gaps)) return { kind: 'help' };
  const other = groupOrderOf(spelt) ?? linkOrderOf(read);
  if (other !== null) return other;
  for (const [kind, pattern] of [
    ['remind', remind],
    ['bind', bind],
    ['new_customer', created],
    ['note', note],
  ] as const) {
    const head = pattern.exec(spelt)?.[0];
    if (head === undefined) continue;
    const typed = sourceFrom(head.length);
    const rest = typed.replace(/^[\s:：,，、。!！-]+/, '').trim();
    const joined = rest === typed && rest !== '';
    return { kind, rest, joined, sure: !ordinary.test(head) || (!joined && oftenOrder.test(head)) };
  }
  const before = noteFor.exec(spelt);
  if (before === null) return null;
  const about = before[1] as string;
  return {
    kind: 'note',
    rest: sourceFrom(before[0].length)
      .replace(/^[\s:：,，、-]+/, '')
      .trim(),
    sure: false,
    joined: true,
    about,
  };
}
