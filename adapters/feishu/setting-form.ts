/** What the set-up page asks about Feishu, in the order of its developer console. */
import { fieldsOf, type SettingForm } from '../../src/channel/setting.ts';
import { explain } from './setting-words.ts';

const field = fieldsOf(explain);

export const feishuForm: SettingForm = {
  pagePath: '/app/customer?platform=feishu',
  fields: [
    field('FEISHU_APP_ID', 'App ID', '飞书开放平台 → 开发者后台 → 聊单应用 → 凭证与基础信息', { required: true }),
    field('FEISHU_APP_SECRET', 'App Secret', '与 App ID 在同一页：凭证与基础信息', { secret: true, required: true }),
    field(
      'FEISHU_MODE',
      '接收方式',
      'websocket 长连接，不需要公网地址（推荐，不填就是它）；webhook 由飞书访问回调地址，要填下面两项',
    ),
    field('FEISHU_ENCRYPT_KEY', 'Encrypt Key', '只有 webhook 方式要填：事件与回调 → 加密策略', { secret: true }),
    field('FEISHU_VERIFICATION_TOKEN', 'Verification Token', '只有 webhook 方式要填：与 Encrypt Key 在同一页', {
      secret: true,
    }),
  ],
};
