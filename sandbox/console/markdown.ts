/** Reads the Markdown that chat clients show: headings, quotations, lists, rules, bold words and links. All of it is drawn as words. */

export interface Span {
  readonly kind: 'plain' | 'bold' | 'link';
  readonly text: string;
  /** Where a link leads; empty otherwise. */
  readonly url: string;
}

export interface Block {
  readonly kind: 'text' | 'heading' | 'quote' | 'item' | 'rule';
  readonly lines: readonly (readonly Span[])[];
}

const STARTS: readonly { readonly kind: Block['kind']; readonly mark: RegExp }[] = [
  { kind: 'heading', mark: /^#{1,6}\s+/ },
  { kind: 'quote', mark: /^>\s?/ },
  { kind: 'item', mark: /^[-*+]\s+/ },
];
const SPANS = /\*\*(.+?)\*\*|\[([^\]]+)\]\(([^)\s]+)\)/g;

/** `breaks`: `all` where a line break is one, `spaced` where only two blanks before it make it one. */
export function blocksOf(words: string, breaks: 'all' | 'spaced'): Block[] {
  const blocks: { kind: Block['kind']; lines: string[] }[] = [];
  /** The block that the next line may go on with, and whether that line stands below or beside it. */
  let open: { kind: Block['kind']; lines: string[] } | undefined;
  let broken = false;
  for (const raw of words.split('\n')) {
    const line = raw.trim();
    if (line === '' || /^(?:-{3,}|\*{3,})$/.test(line)) {
      if (line !== '') blocks.push({ kind: 'rule', lines: [] });
      open = undefined;
      continue;
    }
    const start = STARTS.find(({ mark }) => mark.test(line));
    const text = start ? line.replace(start.mark, '') : line;
    const begins = open === undefined || open.kind === 'heading' || start?.kind === 'item';
    if (!open || begins || (start && start.kind !== open.kind)) {
      open = { kind: start?.kind ?? 'text', lines: [text] };
      blocks.push(open);
    } else if (broken) open.lines.push(text);
    else open.lines.push(`${open.lines.pop() ?? ''} ${text}`);
    broken = breaks === 'all' || raw.endsWith('  ');
  }
  return blocks.map(({ kind, lines }) => ({ kind, lines: lines.map(spansOf) }));
}

function spansOf(line: string): Span[] {
  const spans: Span[] = [];
  let at = 0;
  const plain = (to: number): void => {
    if (to > at) spans.push({ kind: 'plain', text: line.slice(at, to), url: '' });
  };
  for (const found of line.matchAll(SPANS)) {
    plain(found.index);
    const [whole, bold, label, url = ''] = found;
    spans.push(bold === undefined ? { kind: 'link', text: label ?? '', url } : { kind: 'bold', text: bold, url: '' });
    at = found.index + whole.length;
  }
  plain(line.length);
  return spans;
}

const SAYS = 'dtmd://dingtalkclient/sendMessage?';

/** What a link has the person say who taps it; null for links that lead to a page. */
export const saidBy = (url: string): string | null =>
  url.startsWith(SAYS) ? new URLSearchParams(url.slice(SAYS.length)).get('content') : null;
