/** What both databases' plans are judged by. */

/** How one table is read. */
export interface Step {
  readonly text: string;
  /** A table that grows with the company's trade is read from end to end. */
  readonly whole: boolean;
}

/** Tables that grow with the people and the policy of a company, not with its trade: a few hundred rows are read whole. */
const SMALL = [
  'tenant',
  'channel_account',
  'channel_cursor',
  'channel_usage',
  'staff',
  'staff_identity',
  'staff_profile',
  'staff_department',
  'owner_figure',
  'department',
  'policy_version',
  'policy_pointer',
  'setting',
  'greeting',
  'named_group',
  'service_token',
  'job',
];

export const isSmall = (table: string): boolean => SMALL.includes(table);

/** Names of tables by the names that a statement gives them. */
export function tablesOf(sql: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [, table = '', alias] of sql.matchAll(
    /\b(?:FROM|JOIN|UPDATE|INTO)\s+[`"]?(\w+)[`"]?(?:\s+(?:AS\s+)?(\w+))?/gi,
  )) {
    found.set(table, table);
    if (alias !== undefined && !/^(WHERE|JOIN|CROSS|LEFT|ON|SET|ORDER|GROUP|LIMIT|UNION)$/i.test(alias))
      found.set(alias, table);
  }
  return found;
}
