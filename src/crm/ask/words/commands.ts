// The words that begin an order to the bot: 帮助, 绑定, 记一下, 新建客户; and the day's agenda.

/** An order with the words behind it as typed. Not `sure`: it may be an ordinary sentence (记录显示…, 新客户要报价). */
export type Command =
  | { readonly kind: 'help' }
  | { readonly kind: 'agenda' }
  | {
      readonly kind: 'bind' | 'note' | 'new_customer';
      readonly rest: string;
      readonly sure: boolean;
      /** Nothing sets the words apart from the order (新客户询价). */
      readonly joined: boolean;
      /** Whom a note is for, when that stands first: 给恒锐记一下 …. */
      readonly about?: string;
    };

const help =
  /^[/!]?(?:帮助(?:一下|下|菜单|文档|信息)?|help|\?|使用(?:说明|帮助|方法)|(?:你|聊单|机器人)?(?:怎么|咋|如何)(?:用|使用)(?:你|啊|呀|呢|的)?|你(?:会|能)(?:什么|啥)|(?:怎么|如何|咋)(?:绑定|记录|新建|查|问|提问|新建客户|绑定客户|绑定群|查客户)|你?(?:能|会|可以)(?:干|做)(?:什么|啥|些什么|点什么|点啥|哪些事)|你(?:有|都有)?(?:什么|啥|哪些)功能|功能(?:菜单|列表|介绍)?|菜单|(?:有)?(?:哪些|什么|啥)(?:命令|指令|功能)|(?:命令|指令)(?:列表)?|说明书?|你是谁)[吗呢啊呀吧!?~]*$/;

const asks = '(?:请|麻烦|麻烦你|帮我|帮忙|请帮我|你帮我)?';
const bind =
  /^(?:把|将)?(?:这个|本|此|该)?(?:群聊?|会话|聊天)?(?:请|帮我|麻烦)?(?:重新|改)?(?:绑定|关联)(?:到|为|成)?(?:了)?(?:一下|下)?(?:这个|到)?(?:客户)?/;
const note = new RegExp(
  `^${asks}(?:记一下|记下来|记下|记录一下|记录下|记一笔|记个跟进|记一条|记条|做个记录|加个跟进|加条跟进|添加跟进|写跟进|写个跟进|新增跟进|跟进记录[:,]|备忘[:,]|记录|备注一下|note[: ]|备注|记)`,
);
const created = new RegExp(
  `^${asks}(?:新建|新增|添加|创建|录入|增加|登记|建|加|录)(?:一下|一个|个|一家|家|一位)?(?:新)?客户|^新客户|^new customer(?=[: ])`,
);
/** Orders that are also words of ordinary sentences: something must set them apart. */
const ordinary = /^(?:绑定|关联|记录|新客户|记|备注)$/;
/** Of these, the ones that are an order when something sets them apart from the rest. */
const oftenOrder = /^(?:绑定|关联|记录)$/;
const noteFor =
  /^(?:请|帮我|麻烦)?(?:给|替|帮)?([^,!?:]{2,16}?)(?:这边|那边|这个客户)?(?:记一下|记一笔|记个跟进|记条跟进|加个跟进|加条跟进)/;

const agenda = new RegExp(
  [
    '^(?:(?:请问|麻烦|帮我|帮忙|帮我看?|查一下|看看|看下|看一下|查下|列一下|我想知道|给我看看|hi|你好),?)*',
    '(?:我们?|我自己|我这边|我这)?的?(?:今天|今日|今儿|明天|明日|这周|本周|这两天|现在|接下来|上午|下午|当前|目前|手上|手里|手头|最近|名下)?(?:我)?',
    '(?:上午|下午|晚上)?(?:还)?(?:有没有|有)?(?:',
    '(?:需要|应该|该|要|得|必须)?(?:先|去)?(?:跟进|联系|回访|拜访|跟|找|打电话给|处理)(?:一下|下)?(?:谁|哪些客户|哪几个客户|哪几家|哪家|哪些人|哪个客户|什么客户|哪些|啥客户|哪些单子?|哪些商机)',
    '|(?:谁|哪些客户|哪几个客户|哪几家客户?|哪家客户?|什么客户|几个客户|多少客户|多少个客户|哪些人)(?:是)?(?:我)?(?:需要|应该|该|要|得|快|已经|快要)?(?:我)?(?:今天)?(?:去)?(?:跟进|联系|回访|拜访|超期|逾期|超时|到期|跟|处理)',
    '|(?:什么|啥|哪些|多少|几个|几件)?(?:要|该|需要|得|没)(?:我)?(?:做|办|干|跟进|处理|完成)(?:的|完)?(?:什么|啥|哪些|些什么|点什么|点啥|些啥|哪些事|什么事|啥事|几件事)?(?:事情?|任务|工作|客户|单子)?',
    '|(?:什么|啥|哪些|多少|几个|几条|几件)?(?:的)?(?:待办|代办|任务|日程|安排|提醒|跟进计划|工作计划|待跟进|待处理|跟进任务|to ?do|要办的事|要做的事|事要做|事情要做|活要干|活儿|活|事情?|事要办|工作)(?:事项|列表|清单|任务|客户|事情|的)?(?:有)?(?:什么|啥|哪些|几个|多少|谁|是什么)?',
    '|(?:该|要|需要|应该)?(?:干|做|忙)(?:什么|啥|嘛|点啥|点什么|些什么|些啥)',
    ')(?:吗|呢|啊|呀|了|没|没有|一下)*[?!~ ]*$|^(?:my |today s? ?)?(?:to ?dos?|tasks|agenda)[?]?$|^what should i do(?: today| next)?[?]?$|^what(?: s|s)? (?:do i have|on my (?:plate|list)|my tasks?|my agenda)(?: to do)?(?: today)?[?]?$',
  ].join(''),
);
const agendaEvidence =
  /[谁哪啥几]|什么|多少|待办|代办|任务|日程|安排|提醒|to ?do|tasks|agenda|计划|待跟进|待处理|的|吗|没|嘛/;

/** 联系谁 may be a customer asking whom to call. */
const tooShort = /^(?:联系|找|跟|处理)(?:谁|哪家|哪些人|哪些)$/;

/** The order in a text: `spelt` in the spelling of comparison, `sourceFrom` gives the typed text behind so many of its characters. */
export function commandOf(spelt: string, sourceFrom: (at: number) => string): Command | null {
  const line = spelt.replace(/[ !~]+$/, '');
  if ((help.test(line) || help.test(spelt)) && !/^[?]{2,}/.test(spelt)) return { kind: 'help' };
  if (line.length <= 30 && agenda.test(line) && agendaEvidence.test(line) && !tooShort.test(line))
    return { kind: 'agenda' };
  for (const [kind, pattern] of [
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
