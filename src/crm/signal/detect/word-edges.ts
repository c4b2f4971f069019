// Decides whether a found word is a word here, or only characters of its neighbours: 一样品质 contains 样品, 适合同事 contains 合同.

/** First characters of deal words → characters that make another word with it on the left. */
const joinsLeft: Readonly<Record<string, string>> = {
  样: '一同各这那怎多模花照原别式榜字图何咋两异走变采抽取血尿标',
  能: '可功性智产',
  合: '适符结配综混组联融场百集复整聚吻撮缝迎契巧凑切耦汇总闭',
  价: '评定物股房股',
  报: '日年月周海简举情预通申汇警捷战画墙党晚早电谍捷',
  款: '条这那每哪一两三几新老旧爆同各',
  定: '确一规稳固肯决约法指设制锁鉴测评',
  货: '百订',
  售: '销出零待在发预',
  单: '简订清菜账保名货表工提运',
  订: '预修装签增',
  首: '榜',
  付: '支交托',
  打: '拍',
  转: '周旋',
  出: '输',
  退: '衰',
  协: '政作',
  发: '开研头',
  采: '',
  质: '物品材性体',
  坏: '破',
  预: '干',
  尾: '',
};
/** Last characters of deal words → characters that make another word with it on the right. */
const joinsRight: Readonly<Record<string, string>> = {
  品: '质相种牌味类鉴德尝位控',
  同: '事行学期时类样意城步轴辈志仁龄属化义胞伴窗',
  价: '值差态比位',
  款: '式型待识',
  金: '属额融牌银黄',
  后: '台面续期勤者果悔',
  样: '式子本貌',
  单: '位独身个纯元',
  议: '论会题员案',
  账: '号户单目本期',
  货: '车架柜币运品物',
  购: '物买',
  签: '到名证收',
  板: '凳块',
};

/** The same, where the neighbour always wins: no one means 样品 in 一样品质 or 报价 in 举报价格. */
const alwaysLeft: Readonly<Record<string, string>> = {
  样: '一同各这那怎多模花榜咋何啥么哪几两三四五六七八九十像采抽取血尿异',
  能: '可功性智产',
  合: '适符结综组融场',
  报: '举海汇警',
  款: '条贷罚车房',
};

/** 那样品先寄来 begins with 那 and goes on about the 样品; 那样品质 and 那样件数 do not. */
const thatSample = /^(?:嗯|哦|好的?|行)?那样(?:品(?![质相种牌味类鉴德尝位控])|件(?![件数事])|机|衣|布)/;

/** True when the characters at [from, to) of the clause are a word of their own. Asks the dictionary only in doubtful places. */
export function isOwnWord(clause: string, from: number, to: number): boolean {
  const left = from > 0 && (joinsLeft[clause[from] as string]?.includes(clause[from - 1] as string) ?? false);
  const right = to < clause.length && (joinsRight[clause[to - 1] as string]?.includes(clause[to] as string) ?? false);
  if (left && !right && thatSample.test(clause.slice(0, from + 3))) return true;
  if (from > 0 && alwaysLeft[clause[from] as string]?.includes(clause[from - 1] as string)) return false;
  if (!left && !right) return true;
  if (left && right) return false;
  return alignsWithWords(clause, from, to);
}

let segmenter: Intl.Segmenter | undefined;

/** True when no dictionary word of the clause crosses `from` or `to`. */
export function alignsWithWords(clause: string, from: number, to: number): boolean {
  segmenter ??= new Intl.Segmenter('zh', { granularity: 'word' });
  const lead = Math.max(0, from - 12);
  for (const { index, segment } of segmenter.segment(clause.slice(lead, to + 12))) {
    const start = lead + index;
    const end = start + segment.length;
    if ((start < from && end > from) || (start < to && end > to)) return false;
  }
  return true;
}
