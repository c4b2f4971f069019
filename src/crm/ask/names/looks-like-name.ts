// Judges whether words that stand where a name would stand can be a company's name at all.
import { cutter } from '../words/cut.ts';
import type { Question } from '../words/judge-question.ts';
import { wordsWritten } from '../words/lexicon.ts';
import { spell } from '../words/spelling.ts';
import { trailingForm } from './generic-words.ts';
import { isChatWord, isEverydayPhrase, isOrdinaryWord } from './ordinary-words.ts';
import { splitName } from './split-name.ts';

/** Signs of a sentence or a person rather than a company. */
const sentence =
  /[我你您俺她它哪谁啥吗呢吧]|我们|我司|咱|什么|这[个批次款些边]|那[个批次款些]|怎么|[说问叫催]|[让要想把被].{0,2}(?:我|你|他)|了$|^(?:没|不|先|再|就|都|已|还|要|想|让|请|把|被|等|可以|需要|如果|因为|但是|所以|老板|有|去|来|在|能|会)|^.{1,2}(?:总|工|姐|哥|经理|先生|女士|小姐|师傅|主任|老师)$|客户|时候|谢谢|麻烦|帮/;
const workWords =
  /^(?:安装|调试|设备|运输|物流|质检|验收|测试|图纸|模具|资料|附件|发票|开票|培训|接待|技术|采购|财务|生产|包装|仓库|车间|品质|质量|检验|报关|清关|对账|项目|现场|服务|支持|设计|研发|人事|行政|投标|招标|方案|会议|产品|机器|零件|配件|货物|运费|快递|装车|提货|送货|收货|问题|事情|工作|活动|管理|维护|对接|跟单|下单|退货|换货|退款|赔偿|索赔|新|老|大|小|国内|国外|海外|出口|进口|华东|华南|北方|南方|区域|部门|团队|人员|部|区|业务|市场|甲方|乙方|业主|对方|双方|供应商|厂家|厂里|工厂|海关|银行|总部|会计|出纳|仓管|司机|货代|代理|经销商|用户|买家|卖家|同行|别人|大家|模具费|运费|税费|报酬|工资|贷款|保险|房租|租金|保证金|押金|中介|单位|学校|医院)+$/;

/** How far words may be from how the customer is written: a bare word and a guess need more of a name about them. */
export type Place = 'as written' | 'in a question' | 'alone';

/** Whether words are a sentence or a person rather than a company. */
export const isSentence = (typed: string): boolean => sentence.test(spell(typed).text);

/** Whether it is worth looking for a customer of that name: everyday words are none. */
export function mayBeName(typed: string, place: Place): boolean {
  const { text } = spell(typed);
  if (text.length < 2 || isChatWord(text)) return false;
  const { core, trade, places } = splitName(typed);
  const full = trade !== '' || places.length > 0 || trailingForm(text) !== '';
  if (!full && isMadeOfQuestionWords(core)) return false;
  if (place === 'as written') return true;
  if (workWords.test(text) || sentence.test(text)) return false;
  return place === 'in a question' || !(isOrdinaryWord(text) || isEverydayPhrase(text));
}

const isMadeOfQuestionWords = (text: string): boolean =>
  cutter({ text, gaps: [] })([]).every(({ words }) => words.length > 0);

/** Whether words name a company that we do not know: where only the bot is asked, or with a place, a trade or a company's form about them, or is called a customer there. */
export function looksLikeName(typed: string, question: Question, calledCustomer: boolean): boolean {
  const { text } = spell(typed);
  if (question.sure && /^[一-鿿]工$/.test(text)) return true;
  if (!(question.asks || question.sure) || !mayBeName(typed, 'in a question')) return false;
  const { core, trade, places, generic } = splitName(typed);
  if (
    generic ||
    workWords.test(core) ||
    (!calledCustomer && trade === '' && isEverydayPhrase(core)) ||
    !/^[a-z][a-z0-9 &.-]+$|^[一-鿿~]+$/.test(text)
  )
    return false;
  if (/[的不没能]/.test(text) || hasQuestionWordAtEdge(core)) return false;
  if (question.sure || calledCustomer) return core.length <= 8;
  return (
    question.spoken &&
    core.length <= 6 &&
    (/公司|集团|股份/.test(trailingForm(text)) || (trade !== '' && (places.length > 0 || core.length <= 3)))
  );
}

/** 负责安装 is 谁负责 + 安装 read wrongly. */
function hasQuestionWordAtEdge(text: string): boolean {
  for (let size = 2; size <= text.length; size++)
    if (wordsWritten(text.slice(0, size)).length > 0 || wordsWritten(text.slice(-size)).length > 0) return true;
  return false;
}
