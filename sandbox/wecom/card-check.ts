/** A card at the door: refused with the platform's code, taken, or taken with something people will miss. */

import { type CardContext, findCardFaults } from './card-validator.ts';
import type { Core } from './core.ts';
import { type Reply, refuse } from './reply.ts';

/** Null when the platform takes the card. Every fault is a complaint, ignored ones too. */
export function checkCard(core: Core, card: unknown, sender: CardContext['sender']): Reply | null {
  const knownMember = (userid: string): boolean => core.world.members.has(userid);
  const faults = findCardFaults(card, { sender, knownMember });
  for (const { code, path, message } of faults) {
    core.journal.complain('invalid_card', `${code ?? 'ignored'} at ${path}: ${message}`);
  }
  const refused = faults.find(({ code }) => code !== null);
  return refused ? refuse(refused.code ?? 0, `invalid template_card: ${refused.message}`) : null;
}
