// Reads the mood of a Chinese clause around an act: asked, timed, conditional, still to come, or done.
import type { Clause } from './clauses.ts';
import { besides, type Match } from './rule.ts';

const whenAsked =
  /什么时[候间]|啥时候?|何时|几时|几点|多久|多长时间|多会儿?|哪天|哪一天|几号|几天|什么日子|进度|进展|到哪(?:里|儿|一步)?了|怎么还|咋还|为什么[还没不]|为啥[还没不]|怎么样了|怎样了|咋样了|如何了|有结果|怎么(?:不|没)|咋(?:不|没)|周期|交期要/;
const howAsked =
  /怎么(?!样)|如何|咋(?!样)|为什么|为啥|哪里|哪儿|谁来?|什么(?!价|时|都)|多少(?![钱米套台件个吨])|哪些|哪种|几个点|区别|意思|流程是|需要.{0,6}吗|要.{0,8}(?:费|钱)吗|收费吗|必须.{0,8}吗|用不用|需不需要|要不要|都行$|随便|无所谓|都可以$/;
const yesNo = /(?:吗|么|没|没有|了没|否|了不|了吧|是吧|对吧|不)[啊呀哈呢哦]*$/;
/** What makes a yes-or-no question a request: 能报价吗, 有样品吗, 帮我打个样行不. */
const permission = /能|可以|可否|可不|行|方便|有|给|帮|麻烦|请|多少|几|什么|啥|劳驾|[吧呗]/;
const yesNoInside = /有没有|是否|是不是|[到付打签寄收盖发]没[到付打签寄收盖发]|吗(?=[我这他急您你贵])/;
const condition =
  /若(?!干)|(?:没问题|可以|ok|通过|合格|合适|满意|行|好用)(?:的话)?(?:就|再)(?!好)|如果(?!方便|可以|有空|没问题)|要是(?!方便|可以)|假如|假设|万一|倘若|一旦|除非|前提(?![交供])|的话(?!.{0,3}(?:发|报|请|麻烦|先|多少|什么价|单价|能|给|一[台套个件吨]))|等.{1,14}(?:再|后|才|了|之后|以后|就|完)|等(?:你|我|他|客户|老板|领导|财务|公司|总部)|待.{1,8}(?:后|再)|(?:以|之)后再|(?<=[了完好后齐定过货到格出适])再(?!给?我?们?[来一]|.{1,2}[个份次版张下点])|我们?再(?!.{0,2}[个份次版])|再(?:说|谈|看|议|考虑|决定|讨论|定)|[^目之提以](?:前|之前)(?:要|先|必须|得|需|不|再|确认)|发合同(?:之)?前|才(?:能|可以|会|给|付|签|打|要|考虑)|合适(?:的话|再|就)|只有.{1,10}才|取决于|看情况|(?:时候?|届时|[年节周月天号]|阵子|段时间|会儿?)再(?!.{0,2}[个份版次])|了(?:我们?|咱们?|工厂|这边|公司)就(?![是])|(?:完|好|齐|下来).{0,4}就(?=[给推发付签打寄安])|(?:货到|到货|见货|见单|见提单)(?:后)?(?=[付结打给清])|(?:可能|也许|或许|说不定|打算|计划)会?(?=.{0,3}[找请让跟向需])|以后(?=[报签付打给找再])|今后|往后(?!放|推)/;
/** Heard, believed, wished or forgotten is not done: 听说合同签了, 我以为款付了, 本来要签合同的. */
const unreal =
  /听说|据说|好像|似乎|貌似|以为|就算|即使|即便|哪怕|差点|险些|难道|凭什么|要么|本来(?:要|想|打算|准备|说)|原本|本想|(?<![别要不])忘(?:了|记)|了也(?![给请发])/;
/** For what is reported or promised, 需要的话 is a condition; in a request (3000套的话给个价) it only names the case. */
const strictCondition = /的话|如果|要是/;
/** 收到后发货: what is told only opens the way for something else. */
const afterwards = /^了?(?:(?:以|之)?后(?![台续天])|那天|当天|的时候|时(?![间候])|(?:以|之)?前(?![台面端天段排]))/;
/** 报价单我发你看看: the speaker gives, he does not ask. */
const offers = /我们?(?:再|先|来|会|就|把.{0,6})?(?:发|给|传|寄|推|转)(?:给)?[你您]/;
/** 师傅已经来修过了: nothing is asked for that has been done already. */
const already = /已经?.{0,8}过了?/;
/** What was asked for or made before: 上次的样品, 之前报的价. */
const past = /(?:上次|上回|之前|以前|去年|当时|原来|前几天|上一[次版份批]).{0,4}$/;
/** 先报价后打样: the second step waits for the first. */
const secondStep = /先.{1,8}(?:(?<!最)后|再).{0,3}$/;
/** A request that is really a look at how far things are. */
const underWay =
  /要(?:走|等|花)?[一二两三四五六七八九十几半\d]{1,3}个?(?:天|周|星期|礼拜|工作日|月)(?![内之以前])|还在|正在|在走|走到|走oa|在审|卡在|快了|快好|等.{1,8}[签盖批审]|排队|流程中|[了好完到](?:没有?|吗|么)[啊呀哈呢]*$/;
/** 走OA了,等老板批: the step waits for somebody of one's own. */
const stillWaiting = /^(?:还|就|在|正在|只)*(?:等|待|差|缺)(?![你您]).{0,5}(?:批|签|盖|审|点头|同意|回复|确认)/;
const conditionOpener =
  /^(?:那|我们?|咱们?|这边)?(?:等|如果(?!方便|可以|有空|没问题)|要是(?!方便|可以)|假如|假设|万一|倘若|一旦|除非|只要|待|先看|看.{0,6}(?:再|情况))/;
const surelyLater =
  /马上|立刻|立马|即刻|就去|就来|明天|明早|明儿|后天|大后天|下周|下星期|下礼拜|下下周|下个?月|月底|月初|月中|季度末|年底|年后|节后|过几天|过两天|这两天|这几天|近期|改天|回头|稍后|稍候|待会|等下|等会|一会儿?|晚点|晚些|迟点|准备(?!好)|打算|计划|预计|预估|将(?!近)|快[要好]|快了|还在|正在|审批中|流程中|在走|在审|卡在|排队|差一?个?(?:章|签字)|就差|待付|待签|未来|随后|到时|届时|拟于|还差|还缺|只差|就缺|以后(?![，,])|今后/;
const maybeLater =
  /今天|今晚|今早|下午|上午|晚上|本周|这周|周[一二三四五六日天末]|星期|\d+[号日]|[会要](?=.{0,5}[付打签寄发转汇安盖报给])|马上|尽快|抓紧|争取|应该|可能|也许|估计|大概率|即将|就去|就来|去[付打签寄办催]|让.{0,5}[付打签寄办转]|可以(?=[付打签寄])/;
const doneMark =
  /已|过[了去来]|好了|完了?|了(?!解|没|吗|不|再)|刚|收[到讫妥]|昨|前天|上[周月]|附件|单号|妥|ok|好(?=[发寄给,]|$)|发[您你]|见[附图下]/;

const LONG_CLAUSE = 36;

/** What the words around the act make of it. */
export type Mood = {
  when: boolean;
  how: boolean;
  asked: boolean;
  /** Asked yes or no about something else than the act: 样品寄海外你们承担运费吗. */
  queried: boolean;
  conditional: boolean;
  strict: boolean;
  past: boolean;
  offers: boolean;
  underWay: boolean;
  later: boolean;
  done: boolean;
};

/** The mood of the matched act; `before` and `after` are the clauses beside it, if any. */
export function mood(
  clause: Clause,
  match: Match,
  { before, after }: { before: Clause | undefined; after: Clause | undefined },
): Mood {
  const { text } = clause;
  const { from, to } = match;
  // In a long breath without a comma only the words near the act belong to it.
  const near = text.length > LONG_CLAUSE ? text.slice(Math.max(0, from - 16), to + 16) : text;
  const around = besides(text, match);
  const opened =
    before !== undefined && !before.closes && (conditionOpener.test(before.text) || /的话$/.test(before.text));
  const done = doneMark.test(text.slice(Math.max(0, from - 6), to + 4));
  const head = text.slice(0, to + 2);
  const yesOrNo = text.length - to <= 12 && yesNo.test(text);
  return {
    when: whenAsked.test(near),
    how: howAsked.test(text.length > LONG_CLAUSE ? near : around),
    queried: yesOrNo && !permission.test(text),
    asked: clause.question || yesOrNo || yesNoInside.test(near),
    conditional:
      condition.test(near) ||
      unreal.test(near) ||
      secondStep.test(text.slice(0, match.core.from)) ||
      afterwards.test(text.slice(to)) ||
      (opened && !/的话$/.test(before?.text ?? '')),
    offers: offers.test(text),
    past: already.test(near) || past.test(text.slice(0, match.core.from)) || /^得/.test(text.slice(to)),
    strict: strictCondition.test(near) || opened,
    underWay: underWay.test(text) || (after !== undefined && !clause.closes && stillWaiting.test(after.text)),
    later: surelyLater.test(head) || (!done && maybeLater.test(head)),
    done,
  };
}

const wants =
  /请|麻烦|劳烦|辛苦|帮|给(?:我|一|个|份|下|出|到|咱)|发(?:我|来|给|下|一|个|份|过来|吧|到)|(?:^|[^需重主不])要(?![是求么不点])|需要|想要|求|能(?:不能|否|.{0,8}[吗不]$)|可以.{0,8}吗|可否|能否|能不能|有没有|有.{0,6}吗$|提供|尽快|赶紧|快[点些]|直接|来[一两个份套点]|先[来给发出做安拿要]|再[来给发出做安拿]|安排|出[一个份]|[吧呗噻]$/;

/** True when the clause asks for the thing it names (给我, 麻烦, 能…吗, …吧). */
export function asksFor(text: string): boolean {
  return wants.test(text);
}
