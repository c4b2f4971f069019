/** What waits for a colleague today, with the names of the customers it is about. */
import type { Desk } from '../access/desk.ts';
import { type Agenda, agendaOf } from '../ask/agenda.ts';

export interface Today extends Agenda {
  readonly customerNames: ReadonlyMap<string, string>;
}

export async function today({ tx, me }: Desk): Promise<Today> {
  const agenda = await agendaOf(tx, me.id);
  const customers = await tx.queries.customersOf([...new Set(agenda.deals.map(({ deal }) => deal.customerId))]);
  return { ...agenda, customerNames: new Map(customers.map(({ id, name }) => [id, name])) };
}
