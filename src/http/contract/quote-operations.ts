/** The operations on products and quotes. */
import { z } from 'zod';
import {
  newProductBody,
  product,
  productImportBody,
  productImportResult,
  productListQuery,
  productPage,
  productPatch,
} from './product.ts';
import { quote, quoteBody, quoteChangeBody, quoteList, quoteVersionBody } from './quote.ts';

const nothing = z.strictObject({});

export const quoteOperations = {
  products: {
    method: 'get',
    path: '/api/products',
    summary: '产品目录',
    query: productListQuery,
    answer: productPage,
  },
  addProduct: {
    method: 'post',
    path: '/api/products',
    summary: '添加产品',
    body: newProductBody,
    answer: product,
    status: 201,
  },
  changeProduct: {
    method: 'patch',
    path: '/api/products/:id',
    summary: '修改产品',
    body: productPatch,
    answer: product,
  },
  importProducts: {
    method: 'post',
    path: '/api/products/import',
    summary: '导入产品目录（CSV 或 XLSX，全部导入或一行都不导入）',
    body: productImportBody,
    answer: productImportResult,
    file: true,
  },
  quotesOfDeal: {
    method: 'get',
    path: '/api/deals/:id/quotes',
    summary: '商机的报价单',
    query: nothing,
    answer: quoteList,
  },
  addQuote: {
    method: 'post',
    path: '/api/deals/:id/quotes',
    summary: '写一份报价单（草稿）',
    body: quoteBody,
    answer: quote,
    status: 201,
  },
  quote: { method: 'get', path: '/api/quotes/:id', summary: '报价单', query: nothing, answer: quote },
  changeQuote: {
    method: 'put',
    path: '/api/quotes/:id',
    summary: '修改草稿的全部内容',
    body: quoteChangeBody,
    answer: quote,
  },
  submitQuote: {
    method: 'post',
    path: '/api/quotes/:id/submit',
    summary: '提交报价单；没有规则要求审批就直接批准',
    body: quoteVersionBody,
    answer: quote,
  },
  withdrawQuote: {
    method: 'post',
    path: '/api/quotes/:id/withdraw',
    summary: '撤回审批中的报价单',
    body: quoteVersionBody,
    answer: quote,
  },
  reviseQuote: {
    method: 'post',
    path: '/api/quotes/:id/revise',
    summary: '另写一版报价单',
    body: quoteVersionBody,
    answer: quote,
    status: 201,
  },
  sendQuote: {
    method: 'post',
    path: '/api/quotes/:id/send',
    summary: '记下报价单已发给客户',
    body: quoteVersionBody,
    answer: quote,
  },
  acceptQuote: {
    method: 'post',
    path: '/api/quotes/:id/accept',
    summary: '记下客户接受了报价单',
    body: quoteVersionBody,
    answer: quote,
  },
} as const;
