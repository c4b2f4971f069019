// The spelling questions and names are compared in.
import { normalise } from '../../signal/detect/normalise.ts';

/** Traditional characters of names and question words that the deal words do not need. */
const extra = new Map(
  (
    '誰谁銳锐鴻鸿鵬鹏鑫鑫鍾钟葉叶譽誉賽赛躍跃偉伟凱凯俠侠倫伦傳传創创劍剑勳勋匯汇啟启嶺岭崗岗嶽岳廬庐彌弥慶庆懋懋' +
    '瑪玛瑋玮璽玺瓊琼瑩莹穎颖紹绍緯纬縱纵羨羡翹翘聰聪艷艳莊庄華华萊莱蕭萧薩萨衛卫裡里誌志諾诺謙谦贏赢軒轩轟轰逹达' +
    '遙遥邁迈酈郦鄧邓鈺钰鈦钛鉑铂銀银鋰锂錢钱錦锦鎧铠鏗铿鐳镭閎闳閣阁闖闯陞升隴陇霽霁韓韩韋韦頤颐顯显馳驰駿骏騰腾' +
    '驊骅鯤鲲鴨鸭鶴鹤麟麟龐庞剝剥蘇苏楊杨棟栋樺桦濱滨瀋沈瀘泸灣湾燁烨爍烁獅狮宏宏寧宁廣广島岛'
  ).match(/../gu) as string[]
).reduce((map, pair) => map.set(pair.charAt(0), pair.charAt(1)), new Map<string, string>());

/** A text in the spelling of comparison; `at[i]` is where character i stands in the source, `gaps` are places of dropped spaces. */
export interface Spelt {
  readonly text: string;
  readonly at: ArrayLike<number>;
  readonly gaps: readonly number[];
}

/** Half width, lower case, simplified characters, no spaces beside Chinese ones. */
export function spell(source: string): Spelt {
  const { text, at, gaps } = normalise(source);
  return { text: /[誰一-鿿]/.test(text) ? text.replace(/[一-鿿]/g, (c) => extra.get(c) ?? c) : text, at, gaps };
}
