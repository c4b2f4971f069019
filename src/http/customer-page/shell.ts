/** What every page for a customer has around it. */
import { pageStyle } from './assets.ts';
import { type Html, html } from './html.ts';

export interface CustomerPage {
  readonly title: string;
  readonly body: Html;
  /** Relative to the page's address; null for none. */
  readonly script: string | null;
  /** How many folders below the others the page lies. */
  readonly up?: string;
}

export function customerPage({ title, body, script, up = '' }: CustomerPage): string {
  return html`<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow, noarchive">
<meta name="format-detection" content="telephone=no">
<meta name="color-scheme" content="light">
<title>${title}</title>
<link rel="stylesheet" href="${up}${pageStyle.address}">
${script === null ? null : html`<script src="${script}" defer></script>`}
</head>
<body>
${body}
</body>
</html>
`.html;
}
