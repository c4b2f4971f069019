// Groups that the policy speaks of by name: how people call them, and the orders that say which group is meant.

/** Keys of `named_group`; another one is another line. */
const groups = [{ key: 'supervisors', label: '主管群', called: /^(?:主管|管理|管理者)们?的?群$/ }] as const;

export type GroupKey = (typeof groups)[number]['key'];

export const groupLabel = (key: GroupKey): string => groups.find((group) => group.key === key)?.label ?? '';

/** The group that people mean by a name; null when it is none of these. */
export const groupCalled = (name: string): GroupKey | null =>
  groups.find(({ called }) => called.test(name))?.key ?? null;

/** `replace`: they said that another group is to make room. */
export type GroupOrder =
  | { readonly kind: 'name_group'; readonly group: GroupKey; readonly replace: boolean }
  | { readonly kind: 'unname_group'; readonly group: GroupKey };

const polite = '^(?:请|麻烦|帮我)?(?:把|将)?(?:这个|本|此|该)?(?:群聊?|会话)?(?:请|麻烦|帮我)?';
const naming = new RegExp(`${polite}(重新|改|换)?(?:绑定?|关联|设置?)[到为成]?了?(?:一下|下)?[:,、-]?`);
const unnaming = new RegExp(`${polite}(?:解绑|解除绑定|取消绑定)了?(?:一下|下)?[:,、-]?`);
/** Longer texts are no orders of this kind. */
const LONGEST = 30;

/** The whole text, as it is spelt for comparison, must be the order: 绑定主管群贸易 binds a customer of that name. */
export function groupOrderOf(spelt: string): GroupOrder | null {
  if (spelt.length > LONGEST) return null;
  const text = spelt.replace(/[.!~啊吧了]+$/, '');
  const unnamed = meantBy(text, unnaming);
  if (unnamed) return { kind: 'unname_group', group: unnamed.group };
  const named = meantBy(text, naming);
  return named && { kind: 'name_group', group: named.group, replace: named.head[1] !== undefined };
}

function meantBy(text: string, pattern: RegExp): { group: GroupKey; head: RegExpExecArray } | null {
  const head = pattern.exec(text);
  const group = head && groups.find(({ called }) => called.test(text.slice(head[0].length)));
  return group ? { group: group.key, head } : null;
}
