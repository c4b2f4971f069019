/** The page on which a customer reads a quote: whole without any script, good on a phone, on a desk and on paper. */
import type { DocumentLine, QuoteDocument } from '../../crm/quote/quote-document.ts';
import {
  capitalWords,
  dayWords,
  moneyWords,
  numberWords,
  quantityWords,
  taxWords,
  totalsOf,
} from '../../documents/words.ts';
import { openedScript } from './assets.ts';
import { type Html, html } from './html.ts';
import { customerPage } from './shell.ts';
import { watermark } from './watermark.ts';

/** `token`: the last part of the page's own address. `preview`: a colleague looks at it, and is told that it does not count. */
export function quotePage(quote: QuoteDocument, token: string, preview: boolean): string {
  const body = html`${watermark(quote.watermark)}
${preview ? html`<p class="notice" role="status">你是同事，正在预览客户看到的页面：这次打开不会记为客户查看。</p>` : null}
<main>
<header>${quote.company === '' ? null : html`<p class="company">${quote.company}</p>`}<h1>报价单</h1><p class="title">${quote.title}</p></header>
${facts(quote)}
${lines(quote)}
${totals(quote)}
${quote.terms === null ? null : html`<section><h2>条款</h2><p class="terms">${quote.terms}</p></section>`}
${seller(quote)}
<nav class="files" aria-label="下载"><a href="${token}/quote.pdf">下载 PDF</a><a href="${token}/quote.xlsx">下载 Excel</a></nav>
${preview ? null : unscripted(token)}
</main>`;
  return customerPage({ title: `报价单 ${numberWords(quote)}`, body, script: preview ? null : openedScript.address });
}

function facts(quote: QuoteDocument): Html {
  const rows: readonly (readonly [string, string | null])[] = [
    ['客户', quote.customer],
    ['收件人', quote.contact],
    ['编号', numberWords(quote)],
    ['日期', dayWords(quote.date)],
    ['有效期至', quote.validUntil && dayWords(quote.validUntil)],
    ['税', taxWords(quote)],
  ];
  const said = rows.filter(([, value]) => value !== null && value !== '');
  return html`<dl class="facts">${said.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

/** A table on a desk, one card after the other on a phone: roles keep it a table for whoever listens to it. */
function lines({ lines: all, currency }: QuoteDocument): Html {
  const head = ['名称', '数量', '单价', '金额'];
  const row = ({ name, spec, unit, quantityMilli, priceMinor, lineMinor }: DocumentLine): Html => html`<tr role="row">
<td role="cell" class="name">${name}${spec === null ? null : html` <span class="spec">${spec}</span>`}</td>
<td role="cell" class="figure quantity">${quantityWords(quantityMilli)} ${unit}</td>
<td role="cell" class="figure price">${moneyWords(priceMinor, currency)}</td>
<td role="cell" class="figure sum">${moneyWords(lineMinor, currency)}</td></tr>`;
  return html`<table role="table" class="lines"><caption>产品明细，共 ${all.length} 项</caption>
<thead role="rowgroup"><tr role="row">${head.map((name, at) => html`<th role="columnheader" scope="col"${at === 0 ? null : html` class="figure"`}>${name}</th>`)}</tr></thead>
<tbody role="rowgroup">${all.map(row)}</tbody></table>`;
}

function totals(quote: QuoteDocument): Html {
  const rows = totalsOf(quote);
  const capitals = capitalWords(quote.grossMinor, quote.currency);
  return html`<dl class="totals">${rows.map(
    ([name, minor], at) =>
      html`<div${at === rows.length - 1 ? html` class="gross"` : null}><dt>${name}</dt><dd>${moneyWords(minor, quote.currency)}</dd></div>`,
  )}</dl>${capitals === null ? null : html`<p class="capitals">人民币（大写）：${capitals}</p>`}`;
}

function seller({ seller: { name, phone, email } }: QuoteDocument): Html {
  const dialled = phone?.replace(/[^\d+]/g, '') ?? '';
  return html`<section class="seller"><h2>联系我们</h2><p><strong>${name}</strong>
${phone === null ? null : html` <a href="tel:${dialled}">${phone}</a>`}${email === null ? null : html` <a href="mailto:${email}">${email}</a>`}</p></section>`;
}

/** A browser without scripts cannot tell us by itself that the page was opened; a person may. */
const unscripted = (token: string): Html =>
  html`<noscript><form method="post" action="${token}/opened"><button type="submit">已收到，告诉报价人</button></form></noscript>`;
