/** What every business row has: its company and its id. */
export interface TenantRow {
  tenantId: string;
  id: string;
}
