// Tells whether a text asks for the asker's own day: 今天要跟进谁, 还有啥待办没弄完.

const list = /待办|代办|待跟进|待处理|to ?do|日程|我的任务|(?:今天|今日|有什么|有啥|有哪些|哪些)任务|agenda|my tasks/;
const whose = '(?:客户|几家|哪家|单子?|商机|线索)';
const asks = new RegExp(
  `谁|哪些|哪几|哪家|哪个|${whose}[要得该].*(?:吗|没)|几个|几家|多少${whose}|有没有.*${whose}|什么|啥|干嘛|有谁`,
);
const mine = new RegExp(
  `(?:跟进?|联系(?!人)|回访|拜访|打电话(?:的|给)?|催|盯|处理).{0,6}(?:谁|哪些${whose}?|哪几|哪家|哪个${whose}|什么${whose}|啥${whose})` +
    `|(?:谁|哪些|哪几[个家]|哪家|什么客户|啥客户|几个客户|多少个?客户|几家).{0,4}[要该得没需快](?:.{0,3})(?:跟进?|联系|回访|拜访|打电话|催|盯|处理|超期|逾期|超时|到期|没动|卡)` +
    `|有没有.{0,5}(?:跟进?|联系|回访|拜访|打电话|催|盯|处理|超期|逾期|超时|到期).{0,3}${whose}|(?:哪些|哪几个?|几个|什么|啥)${whose}?.{0,4}(?:超期|逾期|超时|快到期)` +
    '|(?:今天|今日|今儿|today|明天|明日|这周|本周|下周).{0,6}(?:跟进|跟的|联系|回访|拜访|打电话|处理).{0,3}(?:客户|清单|名单|列表|计划|安排)' +
    '|(?:要|该|得|需要).{0,3}(?:做|干|忙|办|弄|跟|处理).{0,2}(?:什么|啥|嘛|哪些)|(?:什么|啥|哪些|多少|几件)(?:要|该|得|没).{0,3}(?:做|办|干|弄|跟|处理)' +
    '|(?:有|还有)?(?:什么|啥|哪些|几个|多少)(?:安排|活儿?|事情?|工作|要忙)|(?:安排|活儿?|工作|跟进)(?:都|还)?(?:有|是)(?:什么|啥|哪些|谁)' +
    '|^(?:我)?(?:今天|今日|明天|这周|本周|接下来|下午|上午)我?(?:该|要)?(?:干|忙|做)(?:点|些)?(?:什么|啥|嘛)',
);
const english =
  /^what should i do|^what(?: s|s|'s)? (?:do i have|on my (?:plate|list)|my (?:tasks?|agenda))|^(?:my |today s? ?)?(?:to ?dos?|tasks|agenda)[?]?$/;
const others = /你们|您|贵司|贵公司|我们|咱们?公司|货|款|样|报价|合同|订单|发票|快递/;
/** 联系谁 may be a customer asking whom to call. */
const tooShort = /^(?:联系|找|跟|处理|有|做)?(?:谁|哪家|哪些人|哪些|什么|啥)[的了吗呢啊呀?!~]*$/;

/** Whether the words, in the spelling of comparison, ask for the asker's own day. */
export function isAgenda(spelt: string): boolean {
  if (spelt.length > 40 || others.test(spelt)) return false;
  if (english.test(spelt) || (list.test(spelt) && (asks.test(spelt) || spelt.length <= 14 || /^[ -~]+$/.test(spelt))))
    return true;
  return mine.test(spelt) && !tooShort.test(spelt);
}
