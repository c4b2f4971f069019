// Tells when deal words only name a thing that is being talked about: 送样标准, 报价里的运费, 你们送的样品.
import type { Match } from './rule.ts';

/** 报价里, 合同上: what follows is about the paper's content. 上周, 中午 and 上传 are other words. */
const inside = /^(?:里面?|上面?(?![周午个次回星月传调报交])|中(?![午旬间标]))/;
/** 送的样品, 寄给我的样品: the verb tells which sample, it does not ask for one. */
const attribute = /^(?:过|给[我你您]们?|过?来|了|到|出|好|完)*的/;

/** True when the found noun is the name of another thing; `things` lists what makes it one (系统, 标准, 专用章). */
export function namesAnotherThing(text: string, { core }: Match, things: RegExp | null): boolean {
  const at = things?.exec(text.slice(core.to, core.to + 8));
  return at?.index === 0;
}

/** True when the clause speaks about the thing rather than about the step. */
export function isAbout(text: string, { core, holes }: Match): boolean {
  if (inside.test(text.slice(core.to))) return true;
  return holes.some((hole) => hole.to === core.from && attribute.test(text.slice(hole.from, hole.to)));
}
