/** Draws a card's face from the current state of what it is about. */
import type { Card } from '../../../channel/card.ts';
import type { CardActionRow, CardRow } from '../../rows/cards.ts';
import type { Tx } from '../../tx.ts';
import { drawAlert } from './alert-face.ts';
import { drawAnswer } from './answer-face.ts';
import { drawApproval } from './approval-face.ts';
import { askBlocks, drawAsk } from './ask-face.ts';
import { drawDigest } from './digest-face.ts';
import { drawGreeting } from './greeting-face.ts';
import { drawGroupAlert } from './group-alert-face.ts';
import { drawLead } from './lead-face.ts';
import { drawLinkChat } from './link-chat-face.ts';
import { drawMorning } from './morning-face.ts';
import { drawTasks, taskBlocks } from './task-face.ts';
import { drawVerdict } from './verdict-face.ts';
import { drawWhichDeal } from './which-deal-face.ts';

export async function drawCard(tx: Tx, card: CardRow): Promise<Card> {
  const actions = await tx.cardAction.list({ cardId: card.id });
  const face = await drawKind(tx, card, actions);
  return card.data.replacedBy === undefined ? face : { ...face, title: '这件事换了一张新卡片' };
}

async function drawKind(tx: Tx, card: CardRow, actions: readonly CardActionRow[]): Promise<Card> {
  switch (card.kind) {
    case 'ask':
      return drawAsk(tx, card, actions);
    case 'which_deal':
      return drawWhichDeal(tx, card, actions);
    case 'lead':
      return drawLead(tx, card, actions);
    case 'link_chat':
      return drawLinkChat(tx, card, actions);
    case 'answer':
      return drawAnswer(tx, card, actions);
    case 'greeting':
      return drawGreeting(tx, card);
    case 'approval':
      return drawApproval(tx, card, actions);
    case 'morning':
      return drawMorning(tx, card);
    case 'task':
      return drawTasks(tx, card, actions);
    case 'verdict':
      return drawVerdict(tx, card, actions);
    case 'alert':
      return drawAlert(tx, card, actions);
    case 'group_alert':
      return drawGroupAlert(tx, card);
    case 'digest':
      return drawDigest(tx, card, actions, (merged, mergedActions) => drawMerged(tx, merged, mergedActions));
  }
}

/** A matter that went into the digest: its blocks without a frame of its own. */
async function drawMerged(tx: Tx, card: CardRow, actions: readonly CardActionRow[]): Promise<Card['blocks']> {
  if (card.kind === 'ask') return askBlocks(tx, card, actions);
  if (card.kind === 'task') return taskBlocks(tx, card, actions);
  return (await drawCard(tx, card)).blocks;
}
