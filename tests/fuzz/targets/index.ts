/** Every target. */
import type { Target } from '../target.ts';
import { dingtalkCallback, dingtalkSeal, dingtalkStream, dingtalkTaps } from './dingtalk.ts';
import { feishuCallback, feishuSeal } from './feishu.ts';
import { feishuFrames } from './feishu-frames.ts';
import { databaseUrls, policies, settings, tables, workbooks } from './files.ts';
import { api, handled, pages, rawHttp } from './served.ts';
import { wecomCallback, wecomSeal, wecomXml } from './wecom.ts';
import { wecomArchive, wecomBot, wecomContacts, wecomKeys, wecomService } from './wecom-pulled.ts';
import { asking, names, records, signals, times } from './words.ts';

export const targets: readonly Target[] = [
  ...[wecomCallback, wecomSeal, wecomXml, wecomBot, wecomService, wecomArchive, wecomKeys, wecomContacts],
  ...[feishuCallback, feishuSeal, feishuFrames],
  ...[dingtalkCallback, dingtalkStream, dingtalkTaps, dingtalkSeal],
  ...[signals, asking, times, records, names],
  ...[tables, workbooks, policies, settings, databaseUrls],
  ...[api, pages, rawHttp, handled],
];
