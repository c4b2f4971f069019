/** What each client adds to the browser's name, in requests and in the page. */
import type { PlatformKey } from '../desk/view.ts';

export const clientNames: Readonly<Record<PlatformKey, string>> = {
  feishu: 'Lark/7.30.0',
  wecom: 'wxwork/4.1.30 MicroMessenger/7.0.1',
  dingtalk: 'DingTalk/7.6.0',
};

/** To run ahead of the page's own scripts, which ask the browser in whose client they are. */
export const clientScript = (platform: PlatformKey): string =>
  `Object.defineProperty(navigator, 'userAgent', { value: navigator.userAgent + ${JSON.stringify(` ${clientNames[platform]}`)} });\n`;
