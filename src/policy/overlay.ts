/** Lays what differs in a trade over the starter policy, so that there is one starter and not three. */
import { type Document, isMap, isScalar, isSeq, parse, parseDocument, type YAMLMap, type YAMLSeq } from 'yaml';

/**
 * What an overlay file says. Every section but `signals` puts its members in the place of the starter's; of a list whose
 * items have a `key`, items that the starter knows say only what is different.
 */
interface Overlay {
  readonly signals?: {
    /** The starter's rules for these signals go. */
    readonly without?: readonly string[];
    /** More words of a list, or a new list. */
    readonly words?: Readonly<Record<string, readonly string[]>>;
    readonly rules?: readonly unknown[];
  };
  readonly [section: string]: unknown;
}

/** Both are YAML, and so is the result, with the starter's comments. Rules ask no more for stages that are gone. */
export function overlayDocument(base: string, overlay: string): string {
  const document = parseDocument(base);
  const { signals = {}, ...sections } = parse(overlay) as Overlay;
  for (const [section, keys] of Object.entries(sections)) {
    for (const [key, value] of Object.entries(keys as object)) {
      document.setIn([section, key], laidOver(document, document.getIn([section, key]), value));
    }
  }
  const rules = document.getIn(['signals', 'rules']) as YAMLSeq<YAMLMap>;
  const without = new Set(signals.without);
  rules.items = rules.items.filter((rule) => !without.has(String(rule.get('signal'))));
  for (const rule of rules.items) dropStages(rule, without);
  for (const rule of signals.rules ?? []) rules.add(document.createNode(rule) as YAMLMap);
  for (const [name, words] of Object.entries(signals.words ?? {})) {
    const list = document.getIn(['signals', 'words', name]);
    if (isSeq(list)) for (const word of words) list.add(word);
    else document.setIn(['signals', 'words', name], document.createNode(words));
  }
  return document.toString({ lineWidth: 0 });
}

function laidOver(document: Document, before: unknown, value: unknown): unknown {
  if (!isSeq(before) || !Array.isArray(value)) return document.createNode(value);
  const known = before.items.filter((item) => isMap(item));
  const items = value.map((item: unknown) => {
    const key = (item as { key?: unknown } | null)?.key;
    const same = key === undefined ? undefined : known.find((map) => map.get('key') === key);
    if (!same) return document.createNode(item);
    for (const [name, different] of Object.entries(item as object)) same.set(name, document.createNode(different));
    return same;
  });
  before.items = items;
  return before;
}

function dropStages(rule: YAMLMap, gone: ReadonlySet<string>): void {
  const from = isMap(rule) ? rule.get('fromStages') : null;
  if (!isSeq(from)) return;
  from.items = from.items.filter((stage) => !gone.has(String(isScalar(stage) ? stage.value : stage)));
}
