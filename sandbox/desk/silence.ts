/** Why words that mention a step changed nothing: found by asking the detector about the sentence without the part in question. */
import type { SignalDetector, Speaker } from '../../src/crm/signal/detect/index.ts';

const TOPIC = /报价|价格|单价|样品|打样|合同|协议|订单|付款|货款|定金|首款|尾款|转账|开票|售后|质量|项目/;
/** Longest first: 先不用 denies as a whole. */
const DENIAL = /先不用|暂时不用|暂不|不用|不需要|不要|先别|别(?![家人的处])|还没有|还没|没有|没|未|取消|不/g;
const OTHERS = /对方|别家|别人|人家|其他家|他们|同行|竞品|竞争对手|友商|隔壁/;
const NOT_SAID = /^\s*(?:「|>|&gt;|【|\[?自动回复|引用)/;

let segmenter: Intl.Segmenter | undefined;

/** The reason in Chinese, for words in which the detector found nothing. */
export function explainSilence(detector: SignalDetector, speaker: Speaker, text: string): string {
  const topic = TOPIC.exec(text);
  if (!topic) return '没有说到报价、样品、合同、付款或售后';
  const word = topic[0];
  if (!standsAlone(text, topic.index, word.length)) return `「${word}」在这里是别的词的一部分`;
  if (NOT_SAID.test(text)) return '是引用或自动回复，不是本人说的话';
  for (const denial of text.matchAll(DENIAL)) {
    const without = text.slice(0, denial.index) + text.slice(denial.index + denial[0].length);
    if (detector.detect({ speaker, text: without }).length > 0) return `被「${denial[0]}」否定了`;
  }
  if (OTHERS.test(text)) return '说的是别人家的事';
  return `提到了「${word}」，但不是在要，也不是说做了`;
}

/** False when a word of the dictionary reaches over the edges of [at, at + length): 一样品质 has no 样品. */
function standsAlone(text: string, at: number, length: number): boolean {
  segmenter ??= new Intl.Segmenter('zh', { granularity: 'word' });
  const edges = new Set<number>([text.length]);
  for (const { index } of segmenter.segment(text)) edges.add(index);
  return edges.has(at) && edges.has(at + length);
}
