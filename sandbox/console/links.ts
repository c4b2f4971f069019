/** Links of cards and messages, as a browser can follow them: the platforms wrap addresses for their clients. */

export interface TextSpan {
  readonly text: string;
  /** Where it leads; null for words. */
  readonly url: string | null;
}

const LINKS = /<a href="(https?:[^"]+)">([^<]*)<\/a>|\[([^\]]+)\]\((https?:[^)\s]+)\)|(https?:\/\/[^\s，。；]+)/g;

/** The address inside: of an applink, of DingTalk's page link, or itself; null where a browser can follow nothing. */
export function pageOf(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const { protocol, host, pathname, searchParams } = new URL(address);
  const wrapped =
    (host === 'applink.feishu.cn' && pathname === '/client/web_url/open') ||
    (protocol === 'dingtalk:' && host === 'dingtalkclient' && pathname === '/page/link');
  const inner = wrapped ? (searchParams.get('url') ?? '') : address;
  return /^https?:\/\//.test(inner) ? inner : null;
}

/** A text message as clients show it: anchors, links in brackets and bare addresses can be followed. */
export function spansOf(text: string): TextSpan[] {
  const spans: TextSpan[] = [];
  let at = 0;
  for (const found of text.matchAll(LINKS)) {
    const [whole, href, label, words, target, bare] = found;
    spans.push({ text: text.slice(at, found.index), url: null });
    spans.push({ text: label ?? words ?? bare ?? '', url: href ?? target ?? bare ?? null });
    at = found.index + whole.length;
  }
  return [...spans, { text: text.slice(at), url: null }].filter((span) => span.text !== '');
}
