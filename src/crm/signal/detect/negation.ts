// Says whether the act of a clause is denied, refused or called off — and not merely followed by a 不 that denies something else.
import type { Match } from './rule.ts';

/** Forms that contain 不, 没, 别 or 未 and deny nothing; blanked out before a negator is looked for. */
const harmless = new RegExp(
  [
    '([\\u4e00-\\u9fff])[不没]\\1',
    '([\\u4e00-\\u9fff]{2})[不没]\\2',
    '[有到好完]没有?(?=[\\u4e00-\\u9fff])(?<=有没有?)',
    '不[仅但光止只单](?:仅|是|要|想)?',
    '(?:不是|不得|不能|不会|不可|没有|并非|从不|无)不',
    '没(?:有?问题|有意见|问题|关系|事|错|意见|异议|毛病|说的|得说|想到|啥问题|什么问题|啥大?意见|什么意见|准|问題|啥说的)',
    '不(?:错|好意思|客气|妨|如|久|断|管|论|过(?!关|去|来|了|$)|然|含|带|良|锈|干胶|粘|透|规则|同(?!意)|少|低于|高于|超|足|一样|定期|变|懂|清楚|知道|晓得|够|合格|胜感激|见不散|明白|太(?![想要需考打方愿])|大(?![会想愿])|对(?!外)|下(?=\\d)|止|等|满意|理想|准确|符|行就|吝|情之请|怎么)',
    '(?:差|少|了|得|免|巴|忍|禁|恨|由)不(?:多|得|起|了解|住)',
    '(?:特|分|级|类|区|性|个|识|判|差|告|鉴|派|道|离)别|别(?:家|人|的|处|克|墅|名|致|针|扭|样|说|提|忘|客气|见怪|介意|担心|担忧)',
    '未(?:税|来|知|必|免|尽|婚|名)|免(?:费|检|税|运|息|得|邮|押|租)',
    // Rhetorical: 谁说不报价, 没说不要样品, 怎么还不寄 all want it; so does 你不报价我怎么比.
    '(?:谁|没有?)说(?:过)?[不没]|怎么(?:还|就|都|一直|也)?[不没]|不(?=.{1,5}[我咱]们?(?:怎么|咋|如何))',
    '要不(?:先|就|咱|我|你|然|这样|给)|要不(?=[\\u4e00-\\u9fff])|[怎何什为啥咋](?:么|什么|啥)?(?:还|就|会)?[不没](?=[给发报寄签付打安早])',
    '不(?:急的话|忙的话)|迟不|缺一不可|了不起|对不起|必不可少|来不及了?',
    '还不(?=快|赶)|可不(?=是|么|嘛)|不就(?=是|行)|好不好|行不行',
  ].join('|'),
  'g',
);

const negators =
  '不见得|未必|何必|何须|何苦|犯得着|莫(?![非名大])|哪(?:里|儿)?(?:还)?(?:用|需要|来的|有(?:时间|空|功夫|心思|钱))|谁(?:还)?要(?!.*[吗么]$)|千万别|不[了成出到起]|不急着|不着急|不急|暂无|并无|尚无|无(?=[报样合付打寄签款订预定单意])|没计划|暂时不|暂不|先不|没必要|没人|没谁|没法|没办法|不用|不必|不需要?|不想|不要|不打算|不考虑|不准备|不会|不能|不得|不可|不肯|不愿|不该|不是|不走|不做|不让|不给|不同意|不批准|不认|不太想|不太需要|不太考虑|反对|不再|不|没有|没|未|别|甭|勿|无需|无须|毋需|毋须|拒绝|拒(?=[签付报寄收])|停止|取消|暂停|暂缓|搁置|放弃|懒得|用不着|犯不着|谈不上|禁止|避免|省得|莫要|难以|无法|推迟|撤回|撤销|作废|延期|延后|顺延|免(?=报|打样|寄|签|付)';
const negator = new RegExp(negators, 'g');

/** Words behind which an earlier negator no longer reaches: 不用寄样直接报价 does ask for a price. */
const scopeEnd =
  /.(?:但|而是|直接|就(?=[发给寄要签报打出])|只[要需用]|改[成为]?|换成?|先(?=[发给寄要签报打出来做])|也行|都行|没关系|请|麻烦(?![你您])|了(?!解)|可以|能(?![够力不])|所以|因为|然后|还是|另外|不过)/;

/** The same, when the matched words themselves begin with it. */
const freshStart = /.(?:直接|请|麻烦(?![你您])|就|先)/;

const between =
  '(?:的?事情?|的话|这(?:个|块|边|次|事|份|批|单)?|那(?:个|块|边|份)|单|我们?|你们|咱们?|我方|我司|贵司|公司|财务|老板|领导|客户|总部|法务|次|暂时|目前|现在|今天|今年|本次|短期|先|就|都|也|还|可能|应该|估计|呢|嘛|啊|么|吧|暂|是|真|实在|一直|确实|原件|费|钱|款|流程|已经|已)';
const refused =
  '(?:不用|不要|不需要?|不必|无需|别|甭|勿)(?:再|给我|给你|你们?|您|麻烦|急着|着急|现在)*(?=$|[了啦的吧呢哈嘛啊呀谢]|寄|发|做|报|签|打|付|出|来|安排|盖|谈|提供|准备|快递|送|弄|搞|看|考虑|急|走)|' +
  '不(?:了|到|成|起|出|下|动|想|急|着急|考虑|打算|会|做|签|付|打(?!折)|寄|走|准备|方便|谈|可能|予|盖|转|能|发|给|行|收|批|给|报|来|让|同意|划算|核|该|归)|' +
  '没(?=$|签|付|打|寄|收|有|盖|转|做|到|批|出|下|戏|必要|法|想|影|回|发|给|能|定|安排|人|成|弄|办|拿|落|结|汇)|未(?!税|来)|尚未|' +
  '取消|作废|延期|顺延|改期|算了|免了|免谈|省了|省掉|省去|拉倒|罢了|搁|(?:先)?放一?放|先放|缓一?缓|先缓|缓缓|往后放|往后推|压一?压|暂停|暂缓|推迟|延后|黄了|停了|停掉|[留放搁]着|扣下|扣着|被拒|驳回|失效|再等等|等等再|先等等|用不上|用不着|废了|撤了|退回|打回';
const afterMatch = new RegExp(`^${between}{0,5}(?:${refused})`);
const asked = /^(?:了?没有?|了?不)[啊呀哈呢]?$/;

/** 签不签都一样: nothing is wanted. */
const indifferent = /([\u4e00-\u9fff])不\1.{0,8}(?:都|也|无所谓)/;
/** `denied`: said not to be. `double`: denied twice (不是不想要), which is a hesitating yes. */
export type Polarity = 'said' | 'denied' | 'double';

/**
 * The polarity of the matched act of a Chinese clause. Negation counts before the act while nothing ends its scope, between its words
 * (样品没寄), and right after it (合同我们不会签的, 报价取消).
 */
export function polarity(clause: string, { from, to, holes }: Match): Polarity {
  if (!/[不没未别甭勿无毋拒停取暂搁放懒用犯谈禁避省莫难推撤作免缓压黄扣驳失废打退拉罢留等何哪谁莫延顺]/.test(clause))
    return 'said';
  if (indifferent.test(clause)) return 'denied';
  const masked = clause.replace(harmless, (m) => '＿'.repeat(m.length));
  negator.lastIndex = 0;
  for (let hit = negator.exec(masked); hit !== null && hit.index < to; hit = negator.exec(masked)) {
    const end = hit.index + hit[0].length;
    if (hit.index >= from) {
      const inside = holes.some((hole) => hit.index >= hole.from && hit.index < hole.to);
      if (inside && !(end >= to && asked.test(masked.slice(hit.index)))) return 'denied';
      continue;
    }
    const reach = masked.slice(end, from);
    // The word that ends the scope may be the first of the matched ones: 不用寄样直接报价.
    const ahead = masked.slice(end, from + 2);
    const ended =
      scopeEnd.test(reach) || freshStart.test(ahead) || (!/^没|^不是/.test(hit[0]) && /..要(?![求的点])/.test(ahead));
    if (reach.length <= 14 && !ended) return 'denied';
  }
  const rest = masked.slice(to);
  if (!asked.test(rest) && afterMatch.test(rest)) return 'denied';
  return /不是不|不能不|没有不|并非不/.test(clause) ? 'double' : 'said';
}
