/** Whose hands a customer is in: merging two, handing over, and who helps. */
import { z } from 'zod';
import { foundCustomer, id, person } from './common.ts';
import { customer } from './customer.ts';

/** `POST /api/customers/:id/merge`: everything of the other goes to `:id`. `ask`: after `ask_owner`, asks that owner. */
export const mergeBody = z.strictObject({ otherId: id, ask: z.boolean().optional() });
export const mergeResult = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('merged'),
    customer,
    /** How many went along; `joined`: contacts that were there already, by phone. */
    moved: z.object({
      contacts: z.int(),
      joined: z.int(),
      chats: z.int(),
      deals: z.int(),
      activities: z.int(),
      tasks: z.int(),
      quotes: z.int(),
      collaborators: z.int(),
    }),
  }),
  z.object({ state: z.literal('asked'), ownerName: z.string() }),
]);
export type MergeView = z.infer<typeof mergeResult>;

/** `POST /api/customers/:id/owner` → the customer. `stay`: the owner of before goes on as a collaborator. */
export const ownerBody = z.strictObject({ staffId: id, stay: z.boolean().optional() });
/** The customer where the colleague still sees it. */
export const ownerResult = z.object({ owner: person, customer: customer.nullable() });
export type OwnerView = z.infer<typeof ownerResult>;

/** `POST /api/customers/:id/collaborators` → the customer. */
export const helpersBody = z.strictObject({
  add: z.array(id).max(50).optional(),
  remove: z.array(id).max(50).optional(),
});

/** `GET /api/colleagues?q=`: by name or department; at most 20. */
export const colleaguesQuery = z.strictObject({ q: z.string().trim().max(40).optional() });
export const colleagues = z.object({ items: z.array(person.extend({ departments: z.array(z.string()) })) });
export type ColleaguesView = z.infer<typeof colleagues>;
export type ColleagueView = ColleaguesView['items'][number];

/** `GET /api/suggest?q=`: whole names by a few characters, customers first; `customer` is null for a company that is none. */
export const suggestions = z.object({
  items: z.array(z.object({ name: z.string(), customer: foundCustomer.nullable() })),
});
export type SuggestionsView = z.infer<typeof suggestions>;
