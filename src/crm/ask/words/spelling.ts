// The spelling questions and names are compared in.
import { normalise } from '../../signal/detect/normalise.ts';

/** Traditional characters of names and question words that the deal words do not need. */
const pairs =
  '誰谁註注銳锐鴻鸿鵬鹏鍾钟葉叶譽誉賽赛偉伟凱凯俠侠倫伦傳传創创劍剑勳勋匯汇啟启嶺岭崗岗嶽岳廬庐彌弥慶庆瑪玛瑋玮璽玺瓊琼瑩莹穎颖紹绍緯纬縱纵翹翘聰聪艷艳莊庄華华萊莱蕭萧薩萨誌志諾诺謙谦贏赢軒轩轟轰達达遙遥邁迈酈郦鄧邓鈺钰鈦钛鉑铂' +
  '鋰锂鎧铠鏗铿鐳镭閣阁闖闯隴陇霽霁韓韩韋韦頤颐顯显馳驰駿骏騰腾驊骅鴨鸭鶴鹤剝剥楊杨棟栋樺桦濱滨瀋沈瀘泸灣湾燁烨爍烁獅狮';
const extra = new Map(
  Array.from({ length: pairs.length / 2 }, (_, i) => [pairs.charAt(2 * i), pairs.charAt(2 * i + 1)]),
);
const unusual = new RegExp(`[${[...extra.keys()].join('')}]`, 'g');

/** A text in the spelling of comparison; `at[i]` is where character i stands in the source, `gaps` are places of dropped spaces. */
export interface Spelt {
  readonly text: string;
  readonly at: ArrayLike<number>;
  readonly gaps: readonly number[];
}

/** Half width, lower case, simplified characters, no spaces beside Chinese ones. */
export function spell(source: string): Spelt {
  const { text, at, gaps } = normalise(source);
  return { text: text.replace(unusual, (c) => extra.get(c) ?? c), at, gaps };
}
