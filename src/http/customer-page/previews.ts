/** Requests that no person makes: programs that fetch a page to show what is behind its address, and browsers that fetch ahead. */
import type { IncomingHttpHeaders } from 'node:http';

/**
 * Chat apps fetch every address that is sent, some with a whole browser. Names as the programs give them themselves:
 * https://developers.facebook.com/docs/sharing/webmasters/web-crawlers · https://api.slack.com/robots ·
 * https://core.telegram.org/bots/webapps — and what all programs of that kind have in their names.
 */
const PROGRAMS =
  /(?<!cu)bot\b|crawl|spider|slurp|preview|externalhit|embedly|headless|lighthouse|curl|wget|python|java\/|okhttp|go-http|node|axios|libwww|httpclient|urlscan|scanner/i;

/** https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Sec-Purpose; X-Moz is what Firefox says. */
export function isPreview(headers: IncomingHttpHeaders): boolean {
  const program = headers['user-agent'] ?? '';
  const purpose = [headers['sec-purpose'], headers['purpose'], headers['x-purpose'], headers['x-moz']].join(' ');
  return program === '' || PROGRAMS.test(program) || /prefetch|preview|prerender/i.test(purpose);
}
