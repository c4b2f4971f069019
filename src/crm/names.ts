/** Names as people and platforms give them, and what stands where none is known yet. */

/** Stands in for a name until the platform tells one. */
export const NAMELESS = { customer: '新客户', contact: '联系人', colleague: '同事', company: '我的公司' } as const;

/** Longer than any name, shorter than every column a name goes into. */
const MOST_CHARACTERS = 80;

/** The name as it is stored and shown: what does not fit ends in an ellipsis. */
export function fitName(name: string): string {
  const characters = [...name];
  return characters.length <= MOST_CHARACTERS ? name : `${characters.slice(0, MOST_CHARACTERS - 1).join('')}…`;
}
