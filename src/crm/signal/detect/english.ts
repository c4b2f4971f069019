// Reads an English clause: refused, conditional, still to come, asked, or said.

const denied =
  /\b(?:no|not|never|without|cannot|nobody|none|neither|nor|hold|on hold|cancel(?:led|ed|ling)?|skip|stop|ignore|declined?|refuse[ds]?|unable|postpone[ds]?|withdraw|withdrawn|disregard|instead of|rather than|void|terminated?|forget|reject(?:ed)?|dont|doesnt|didnt|wont|cant|havent|hasnt|isnt|wasnt)\b|n't\b|yet to (?:be|sign|pay|send|receive)/;
const harmless =
  /\bno (?:problem|worries|issue)s?\b|\bnot only\b|\bwhy (?:not|don't we)\b|\bcan't wait\b|\bno longer than\b|\bif not\b|\bno\.\s?\d|\bno\s?\d|\bnot? (?:later|more|less) than\b|\b(?:po|order|tracking|contract|invoice|ref|pi) no\b/g;
const condition =
  /\b(?:if|once|after|until|till|unless|before|whether|provided|depend(?:s|ing)?|subject to|in case|suppose)\b/;
const later =
  /\b(?:will|shall|gonna|going to|plan(?:ning|s)? to|next (?:week|month|quarter|year)|tomorrow|soon|to be (?:signed|paid|sent|issued|confirmed|wired)|expect(?:ed)?|pending|processing|in process|under review|reviewing|awaiting|waiting|on the way to|by (?:monday|tuesday|wednesday|thursday|friday))\b|'ll\b/;
const promise = /\b(?:i|we)(?:'ll| will| shall| plan| am going| are going)\b/;
const when = /\b(?:when|how (?:long|soon)|what time|status|eta|any (?:update|news)|still waiting|lead time|where)\b/;
const how = /\b(?:how (?:do|to|can|does)|why|who|which|what (?:is|are) (?:the|your) (?:terms?|method|process))\b/;
const question = /^(?:has|have|had|did|is|are|was|were|do|does)\b/;
/** Asked even where the question mark is left out: have you received, is it leaking. */
const inverted =
  /^(?:has|have|had|did|is|are|was|were|do|does) (?:you|it|the|they|this|that|we|your|there|these|those)\b/;
const longAgo = /\b(?:years? ago|last year|previously|used to|in the past|back then)\b/;
/** price validity, PO number: the deal word only begins the name of another thing. */
const otherThing =
  /^s? (?:validity|invoice|photos?|pictures?|pics?|number|no\b|room|report|format|template|terms?|conditions?|trend|increase|history|label|list of|owner|holder)/;
const others =
  /\b(?:their|his|her|competitors?|other (?:supplier|vendor|factory|factories)'?s?|another (?:supplier|vendor|factory)|previous supplier)\b/;

/** What an English clause makes of the act it names. */
export type EnglishMood = {
  denied: boolean;
  conditional: boolean;
  later: boolean;
  when: boolean;
  how: boolean;
  asked: boolean;
  others: boolean;
  /** The speaker says what he himself is going to do. */
  promised: boolean;
  past: boolean;
};

/** True when what stands behind the matched words makes them part of another name. */
export function beginsOtherName(after: string): boolean {
  return otherThing.test(after);
}

/** Negation in English reaches over the whole clause; the clauses are short because they are cut at commas and "but". */
export function englishMood(text: string, isQuestion: boolean, whole = text): EnglishMood {
  const plain = text.replace(harmless, ' ');
  return {
    denied: denied.test(plain),
    conditional: condition.test(plain),
    later: later.test(plain),
    when: when.test(plain),
    how: how.test(plain),
    asked: (isQuestion && question.test(plain)) || inverted.test(whole),
    past: longAgo.test(plain),
    others: others.test(plain),
    promised: promise.test(plain),
  };
}
