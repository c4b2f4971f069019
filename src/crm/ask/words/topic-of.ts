// Decides what a question is about when its words speak of several things.
import { type Topic, topicWords } from '../topics.ts';
import type { Sentence } from './sentence.ts';

/** The steps of a sale one can ask after. */
export const deals: readonly Topic[] = ['payment', 'after_sales', 'sample', 'contract', 'quote', 'order'];
const inOrder = topicWords.map(({ topic }) => topic).filter((topic) => deals.includes(topic));

const responsible =
  /负责|在 ?跟|维护|归|属|服务|盯|对接(?!人)|接手|挂|名下|业务员|销售|客户经理|跟进人|own|handl|rep|charge/;
const howToReach = /^(?:怎么|如何|咋) (?:联系|联络|找)(?: 上| 到)?$/;
const somewhere = /(?:^| )到 (?:哪|哪里|哪儿)(?: |$)|(?:^| )(?:到|卡|走|谈|跟|推|做|进行到)\S*哪|程度|地步/;

/** What a question is about; null when its words name nothing that can be looked up. */
export function topicOf(sentence: Sentence): Topic | null {
  const { has, topics, vague, text, happened } = sentence;
  const named = inOrder.filter((topic) => topics.has(topic));
  const deal = named.find((topic) => !vague.has(topic)) ?? named[0];
  const touch = topics.has('last_contact');
  if (has('who')) {
    if (/对接/.test(text) && (has('person') || /找/.test(text))) return 'contact';
    if (responsible.test(text)) return 'owner';
    if (topics.has('contact') || has('person')) return 'contact';
    if (deal === undefined) return whoWithoutDeal(sentence, touch && happened);
  }
  if (has('person') && /(?:叫|姓) (?:什么|啥)/.test(text)) return 'contact';
  if (howToReach.test(text)) return 'contact';
  if (topics.has('contact') && !(touch && (happened || has('when', 'gap')))) return 'contact';
  if (deal !== undefined) return /(?:^| )阶段/.test(text) ? 'stage' : deal;
  if (has('step')) return 'stage';
  if (touch || has('gap')) return 'last_contact';
  // 跟 is “with” more often than “looks after”.
  if (
    topics.has('owner') &&
    /(?:^| )(?:负责人|业务员|销售|业务|归属|客户经理|跟进人|\S*客户|负责|维护|owner|有人 [跟管]|有谁 [跟管])|(?:^| )(?:在跟|在 跟|在 管|在 盯)(?: 的)?$/.test(
      text,
    )
  )
    return 'owner';
  if (topics.has('stage') || somewhere.test(text)) return 'stage';
  return topics.has('overview') || (has('how') && !/(?:^| )(?:怎么|怎样|如何|咋|怎么个|how)(?: |$)/.test(text))
    ? 'overview'
    : null;
}

function whoWithoutDeal({ topics, text }: Sentence, wasInTouch: boolean): Topic | null {
  if (!wasInTouch && /(?:联系|联络) (?:谁|哪位)/.test(text)) return 'contact';
  if (wasInTouch) return 'last_contact';
  if (topics.has('owner') || topics.has('last_contact')) return 'owner';
  return topics.has('stage') || text === '' ? null : 'owner';
}
