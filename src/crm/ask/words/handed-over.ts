// Tells words that somebody said, wrote or wants said from a colleague's own.

// Some of these words can be read in several ways (刚刚, 小姐): the ways multiply with every repetition, so that how often
// they may be repeated is bounded. People say two or three of them in a row.
const person =
  '(?:的|那边|这边|那头|他们|他家|家|公司|客户|的人|采购|技术|技术部门?|负责人|对接人|客服|老板娘?|老总|财务|法务|工程师|研发|销售|助理|小姐姐|小姐|小哥|[a-z]+(?![a-z])|[一-鿿]{1,2}(?:总|工|经理|姐|哥|老师|主任|先生|女士|部长|厂长|董|小姐|师傅)|[老小阿][一-鿿]){0,6}';
const manner =
  '(?:刚刚?|刚才|今天|今早|昨天|早上|上午|下午|晚上|又|也|都|已经|一直|还|老|来|过来|打电话来?|来电话?|电话里?|微信上?|微信我|发消息|发微信|群里|邮件|发语音|来函|那个|转过来的?|回复|回话|回我|回了|反馈|再次|特意|突然|临时|明确|在|跟我|和我|给我|找我){0,6}';
/** 恒锐说了什么 and 恒锐要的样品寄了没 are questions all the same. */
const speech = [
  '(?:说|讲|提)(?!的|到哪|得|(?:了|过)(?:没|几|.?(?:什么|啥))|.?(?:什么|啥)(?:[了没吗啊呢呀?!~]|$))',
  '问(?!的|(?:了|过)(?:什么|啥|没))',
  '(?:要|催)(?!的|(?:了|过)(?:什么|啥|没|几|多少|好几)|没|几次)',
  '叫(?!什么|啥|的)|(?:让|嫌|怕|希望|表示|想|需要|告诉|通知|提出|觉得|认为|抱怨|吩咐|交代|强调|坚持)(?!的)',
].join('|');
const act = '(?:回话|来电|回复|反馈|答复|确认|同意|答应|留言|来信|says?|said|asks?|asked|wants?)';

const named = new RegExp(`◆${person}${manner}(?:${speech})`);
/** 恒锐回复了没 asks; 恒锐回复 样品哪里有问题 tells. */
const acted = new RegExp(
  `◆${person}${manner}${act}(?!.*(?:吗|么|没|没有|不|什么|啥|怎么样|咋样)[^一-鿿]*[啊呀呢鸭哦了]*[?!~]*$)`,
);
const somebody = new RegExp(
  `(?:^|[,!;~]|刚)(?:客户|对方|人家|[他她]们?|采购|老板娘|甲方|业主|[一-鿿]{1,2}(?:总|工|经理|姐|哥|老师|主任|先生|女士|小姐))(?:那边|这边)?${manner}(?:说|讲|问|让|叫|催|要|想)(?!我(?!们)|的|(?:了|过)?(?:什么|啥))`,
);
const toUs = /你们|贵司|贵公司|贵方|贵厂|您(?!好)|我司|我方|原话|转发|^转|^问|^@|\d:\d/;
/** 帮我查下：恒锐合同签了吗 is the one use of a colon that is not somebody's name. */
const heading = /^[^:]*(?:查|看|问|请教|急|聊单|bot)[^:]{0,3}:/;
const quotation = /~[^~]{6,}~/;

/** Whether a text speaks for somebody else; `text` is spelt for comparison with ◆ where it names a customer. */
export function isHandedOver(text: string): boolean {
  if (toUs.test(text) || quotation.test(text)) return true;
  if (text.includes(':') && !heading.test(text)) return true;
  return named.test(text) || acted.test(text) || somebody.test(text);
}
