/** Which signal of the policy tells about a topic. */
import type { Topic } from './topics.ts';

export interface TopicSignal {
  /** The key of stage and signal in the starter policy; a company that renamed it gets the overview instead. */
  readonly signal: string;
  readonly label: string;
}

export const TOPIC_SIGNALS: Readonly<Partial<Record<Topic, TopicSignal>>> = {
  quote: { signal: 'quoted', label: '报价' },
  sample: { signal: 'sampling', label: '样品' },
  contract: { signal: 'contracted', label: '合同' },
  payment: { signal: 'fulfilling', label: '付款' },
  order: { signal: 'fulfilling', label: '订单' },
  after_sales: { signal: 'after_sales', label: '售后' },
};
