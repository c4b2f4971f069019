/** What an approver decides with: refusing for a reason or without one, words, and agreeing beside it. */
import type { CardBlock } from '../../src/channel/card.ts';

export const decision = (more: Partial<Extract<CardBlock, { type: 'choice' }>> = {}): CardBlock => ({
  type: 'choice',
  name: 'refuse',
  placeholder: '驳回原因',
  options: ['价格太低', '毛利不够', '请补充说明'].map((value) => ({ value, label: value })),
  submit: { label: '驳回', style: 'danger', actionKey: 'no' },
  optional: true,
  none: '不写原因',
  words: { name: 'words', placeholder: '意见，可以不写', maxLength: 500 },
  beside: [{ label: '同意', style: 'primary', actionKey: 'yes' }],
  ...more,
});
