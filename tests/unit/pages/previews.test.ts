// Who has a page before their eyes, and who only fetches it.

import { expect, it } from 'vitest';
import { isPreview } from '../../../src/http/customer-page/previews.ts';

const IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)';
const ANDROID =
  'Mozilla/5.0 (Linux; Android 14; CUBOT X30) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/126.0';

it.each([
  `${IPHONE} Mobile/15E148 MicroMessenger/8.0.53(0x18003531) NetType/WIFI Language/zh_CN`,
  `${IPHONE} Mobile/15E148 wxwork/4.1.30 MicroMessenger/7.0.1 Language/zh ColorScheme/Light`,
  `${ANDROID} Mobile Safari/537.36 AliApp(DingTalk/7.6.20) com.alibaba.android.rimet/43283452 Channel/700159`,
  `${ANDROID} Mobile Safari/537.36 Lark/7.28.6 LarkLocale/zh_CN ChannelName/Feishu`,
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 WindowsWechat',
  'Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114.0.0.0 Safari/537.36 ArkWeb/4.1',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15',
])('takes a person’s browser for a person: %s', (program) => {
  expect(isPreview({ 'user-agent': program })).toBe(false);
  expect(isPreview({ 'user-agent': program, 'sec-purpose': 'prefetch;prerender' })).toBe(true);
});

it.each([
  '',
  'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)',
  'facebookexternalhit/1.1',
  'TelegramBot (like TwitterBot)',
  'WhatsApp/2.24.1 A Bot',
  'Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)',
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/126.0.0.0 Safari/537.36',
  'curl/8.5.0',
  'python-requests/2.32',
  'okhttp/4.12.0',
  'Go-http-client/2.0',
  'Java/17.0.2',
])('takes a program for a program: %s', (program) => expect(isPreview({ 'user-agent': program })).toBe(true));
