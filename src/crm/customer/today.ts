/** What waits for a colleague today, with what pages say of the deals, tasks and customers in it. */
import type { Desk } from '../access/desk.ts';
import { type Agenda, agendaOf } from '../ask/agenda.ts';
import { type DealFacts, factsOf } from '../opportunity/deal-facts.ts';
import { type TaskPicture, taskPictures } from '../task/task-picture.ts';

export interface Today extends Agenda {
  readonly customerNames: ReadonlyMap<string, string>;
  readonly facts: ReadonlyMap<string, DealFacts>;
  readonly due: readonly TaskPicture[];
}

export async function today({ tx, me }: Desk): Promise<Today> {
  const agenda = await agendaOf(tx, me.id);
  const customers = await tx.queries.customersOf([...new Set(agenda.deals.map(({ deal }) => deal.customerId))]);
  return {
    ...agenda,
    customerNames: new Map(customers.map(({ id, name }) => [id, name])),
    facts: await factsOf(
      tx,
      agenda.deals.map(({ deal }) => deal),
    ),
    due: await taskPictures(tx, agenda.tasks),
  };
}
