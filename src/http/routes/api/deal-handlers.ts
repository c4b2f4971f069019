/** The API's operations on deals. */
import { type Desk, done, type Refused } from '../../../crm/access/desk.ts';
import { changeDeal } from '../../../crm/opportunity/change-deal.ts';
import { beginDeal, cancelWish, moveDeal, undoMoveOf } from '../../../crm/opportunity/deal-desk.ts';
import { factsOf } from '../../../crm/opportunity/deal-facts.ts';
import { type DealPicture, openDealPage } from '../../../crm/opportunity/deal-picture.ts';
import type { DealPageView } from '../../contract/deal.ts';
import { dealPageView, dealView } from './deal-view.ts';
import type { Handled, Handlers, More } from './handling.ts';

type DealOperation = 'addDeal' | 'deal' | 'changeDeal' | 'moveDeal' | 'undoMove' | 'cancelWish';

export const dealHandlers: Pick<Handlers, DealOperation> = {
  addDeal: async (desk, { id, body }) => {
    const begun = await beginDeal(desk, id, body);
    if (!begun.ok) return begun;
    const { deal, ownerName } = begun.value;
    const facts = await factsOf(desk.tx, [deal]);
    return done(dealView(desk.tx, new Map([[deal.ownerId, ownerName]]), deal, facts.get(deal.id)));
  },
  deal: async (desk, { id }) => shown(desk, await openDealPage(desk, id)),
  changeDeal: async (desk, { id, body }) => shown(desk, await changeDeal(desk, id, body)),
  moveDeal: async (desk, { id, body }) => shown(desk, await moveDeal(desk, id, body)),
  cancelWish: async (desk, { id }) => shown(desk, await cancelWish(desk, id)),
  undoMove: async (desk, { id, body }) => shown(desk, await undoMoveOf(desk, id, body.changeId)),
};

function shown(
  { tx }: Desk,
  opened: { readonly ok: true; readonly value: DealPicture } | Refused<More> | Refused,
): Handled<DealPageView> {
  return opened.ok ? done(dealPageView(tx, opened.value)) : (opened as Refused<More>);
}
