/** What is in a colleague's hands. */
import type { Tx } from '../tx.ts';

export interface Holdings {
  readonly customers: number;
  /** Open ones. */
  readonly deals: number;
  readonly leads: number;
}

export async function holdingsOf(tx: Tx, staffId: string): Promise<Holdings> {
  const [customers, deals, leads] = [
    await tx.customer.list({ ownerId: staffId, withdrawnAt: null }),
    await tx.opportunity.list({ ownerId: staffId, status: 'open' }),
    await tx.lead.list({ ownerId: staffId, status: 'open' }),
  ];
  return { customers: customers.length, deals: deals.length, leads: leads.length };
}

export const isNothing = ({ customers, deals, leads }: Holdings): boolean => customers + deals + leads === 0;

/** As people say it: 3 位客户、2 个进行中的商机. */
export function holdingsInWords({ customers, deals, leads }: Holdings): string {
  const parts = [
    customers > 0 ? `${customers} 位客户` : '',
    deals > 0 ? `${deals} 个进行中的商机` : '',
    leads > 0 ? `${leads} 条线索` : '',
  ].filter((part) => part !== '');
  return parts.join('、') || '没有客户和商机';
}
