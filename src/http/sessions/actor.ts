/** Who asks: a colleague, signed in by the platform of this account, or a program. */
export interface Actor {
  readonly tenantId: string;
  readonly staffId: string;
  /** Empty for a program. */
  readonly accountId: string;
}
