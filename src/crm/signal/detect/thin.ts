// Tells when the words of an act are there but do not show that it is asked of us now, or done by the right side: only a hint then.
import type { Clause } from './clauses.ts';
import type { CompiledRule, Match } from './rule.ts';

/** 以后样品寄仓库, 下个月可能要报价: asked of another day. */
const anotherDay =
  /以后|今后|往后|将来|下个?月|下季度|下半年|明年|年后|节后|过(?:几|两|段|一?阵)|改[天日]|回头|到时|届时|(?<!尽)可能|也许|或许/;
/** 样品给同事拿走了, 合同打印好了: somebody has done it; nobody is asked, unless words of asking stand there too. */
const completed = /(?<![谢托苦烦])[了过][啊呀哈呢哦]?$/;
const urges = /请|麻烦|帮|该|可以|可否|能|赶|快|急|要|得|等|催/;
/** 要样品的客户, 发我的那份: the act only tells which one is meant. */
const attribute = /^[品件机]?的(?![话吧啊呀呢哈哦时邮微手地公企qem])[\u4e00-\u9fff]/;
/** 给华为的报价: somebody else's. */
const madeForOthers = /给(?![我你您咱贵])[^的给]{1,6}的$/;
/** 我给你寄个样, 样件寄给你们了: the speaker is the one who gives. */
const givesBefore = /(?:给|寄|发|送)[你您]们?$/;
const givesAfter = /^(?:过去|过来)?(?:给?[你您]们?|给?贵[司公厂方])(?!.{0,6}[吗么]$)/;
/** 我们也打样: what the speaker's own people do. */
const ownDoing = /^(?:我们?|咱们?|我司|我方)(?:这边|公司|厂)?(?:也|都|是|一般|平时|自己|会)/;
/** 财务要核价格, 我问下价格, 在询价: the speaker's side does the asking or reckoning itself. */
const ownSubject =
  /(?:(?:^|[^给帮为替跟和寄发让叫请])(?:我们?|咱们?|财务|领导|采购|总部|同事|他们?|她|自己)(?:这边|那边)?(?:还|也|都|在|正在|先|再|来|去|就|会|得|要|[今昨明]天)*|正?在)$/;
const wish = /(?:我|我们|咱们)(?:这边)?(?:还|也|都|就|先|再)*(?:想?要|需要?|想|急要|求|等)|[吧呗]$/;
/** 合同发给老板, 给财务一份: handed on among the speaker's own people. */
const handedOn = /给(?:老板|领导|财务|客户|同事|法务|他|她|业主|甲方|别人)/;
/** 要给总包报价: done for somebody else. */
const forOthers = /给(?![我你您咱贵个一下份出到张点些两几打报发寄])[^的我你您]{1,4}$/;
/** Words further apart than this belong to two thoughts: 合同签之前能去工厂看看吗. */
const FAR = 6;
const longing = /[要想需请求等盼]|麻烦/;

/** 合同是去年签的: told of the past, not reported. */
const longAgo = /(?:去年|前年|往年|以前|当时)(?!.{0,6}(?:买|订|购|装|修))|是.{0,6}[签付打汇转寄发做盖报拿]的$/;
/** 收到请回邮件, 寄到了会通知您, 收到定金排产: what follows once it is done. */
const whatFollows =
  /^.{0,2}(?:请|麻烦|会|记得|再|就|即)?(?:回个?(?:邮件|信|消息|话)|告[诉知]|通知[我您你]|说一?[声下]|喊我|叫我|[跟和]我说|联系[您你我]|排产|开工|投产)(?!了)/;
/** 签了就发预付, 签了三年: an order of things, a length of time. */
const orderOfThings =
  /^了?(?:.{0,6}就(?:可以|能|会)?[发付打安给寄排开走做]|[一二两三四五六七八九十几半\d]+(?:年|个月))/;
/** 搞不搞, 顺丰还是德邦: asked, not told. */
const eitherOr = /([\u4e00-\u9fff])[不没]\1|[^,]还是[^,]{1,6}$/;
/** 走完审批就盖章, 款项请打到公户: the act waits for something, or the other side is asked to do it. */
const notYetDone = /[完好了过].{0,4}就|请|麻烦|记得/;
/** 我跟王总签了合同, 款付给工人了: between others. */
const withOthers = /[跟与](?![你您贵])[^你您贵]{1,5}$/;
const toOthers = /给(?![我你您贵咱打付转汇寄发签盖办结])[^我你您贵咱总]{1,5}/;

/** True when a request (`says` or read as one) or a report stands on too little to act on. */
export function isThin(kind: 'request' | 'report', { rule }: CompiledRule, { text }: Clause, match: Match): boolean {
  const before = text.slice(0, match.from);
  const after = text.slice(match.to);
  if (attribute.test(after)) return true;
  if (kind === 'request') {
    const amid = match.holes.map((hole) => text.slice(hole.from, hole.to));
    return (
      anotherDay.test(before) ||
      (completed.test(text) && !urges.test(text)) ||
      madeForOthers.test(text.slice(0, match.core.from)) ||
      givesBefore.test(before) ||
      forOthers.test(before) ||
      amid.some((hole) => forOthers.test(hole)) ||
      match.holes.some((h) => (h.to === match.core.from || h.from === match.core.to) && h.to - h.from > FAR) ||
      (ownSubject.test(before) && !wish.test(text)) ||
      handedOn.test(text) ||
      amid.some((hole) => /给[你您]/.test(hole) || madeForOthers.test(hole)) ||
      givesAfter.test(after) ||
      (ownDoing.test(text) && !longing.test(text))
    );
  }
  if (rule.says === 'topic' && rule.speaker === 'customer' && givesBefore.test(before)) return true;
  if (longAgo.test(text) || whatFollows.test(after) || orderOfThings.test(after) || eitherOr.test(text)) return true;
  if (match.holes.some((hole) => notYetDone.test(text.slice(hole.from, hole.to)))) return true;
  return rule.speaker !== 'staff' && (withOthers.test(before) || toOthers.test(text.slice(match.from)));
}
