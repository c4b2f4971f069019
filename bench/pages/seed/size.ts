/** How large the company of the page bench is. */

export interface Size {
  readonly staff: number;
  readonly departments: number;
  readonly customers: number;
  readonly opportunities: number;
  /** Rows of the timeline, by kind. */
  readonly messages: number;
  readonly stageChanges: number;
  readonly activities: number;
  /** Of those, how many belong to one large customer. */
  readonly ofLarge: number;
  readonly tasks: number;
  readonly cards: number;
  readonly leads: number;
  readonly quotes: number;
  readonly products: number;
}

/** What is promised: 100,000 customers, 300,000 deals, 1,000,000 lines of what happened. */
export const PROMISED: Size = {
  staff: 300,
  departments: 15,
  customers: 100_000,
  opportunities: 300_000,
  messages: 600_000,
  stageChanges: 250_000,
  activities: 150_000,
  ofLarge: 5_000,
  tasks: 60_000,
  cards: 60_000,
  leads: 9_000,
  quotes: 60_000,
  products: 5_000,
};

/** The same company, so many times smaller: for plans, which need shape more than mass. Staff and departments stay. */
export function smaller(size: Size, times: number): Size {
  const less = (count: number) => Math.ceil(count / times);
  return {
    ...size,
    customers: less(size.customers),
    opportunities: less(size.opportunities),
    messages: less(size.messages),
    stageChanges: less(size.stageChanges),
    activities: less(size.activities),
    ofLarge: less(size.ofLarge),
    tasks: less(size.tasks),
    cards: less(size.cards),
    leads: less(size.leads),
    quotes: less(size.quotes),
  };
}
