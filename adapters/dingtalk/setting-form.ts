/** What the set-up page asks about DingTalk, in the order of its developer console. */
import { fieldsOf, type SettingForm } from '../../src/channel/setting.ts';
import { explain } from './setting-words.ts';

const field = fieldsOf(explain);

const both = { secret: true, required: true };

export const dingtalkForm: SettingForm = {
  pagePath: '/app/customer?platform=dingtalk&chat=$ENCCID$',
  fields: [
    field('DINGTALK_CORP_ID', 'CorpId', '开放平台首页右上角，点企业名称旁的图标', { required: true }),
    field('DINGTALK_CLIENT_ID', 'Client ID', '应用页 → 凭证与基础信息（旧称 AppKey）', { required: true }),
    field('DINGTALK_CLIENT_SECRET', 'Client Secret', '与 Client ID 在同一页（旧称 AppSecret）', both),
    field('DINGTALK_AGENT_ID', 'AgentId', '可不填，只有消息菜单“加入聊单”要用：与 Client ID 在同一页'),
    field('DINGTALK_ROBOT_CODE', 'RobotCode', '可不填，多数应用与 Client ID 相同：应用页 → 机器人'),
    field(
      'DINGTALK_MODE',
      '接收方式',
      'stream 长连接，不需要公网地址（推荐，不填就是它）；webhook 由钉钉访问回调地址，要填下面两项',
    ),
    field('DINGTALK_TOKEN', '签名 Token', '只有 webhook 方式要填：事件订阅 → HTTP 推送', { secret: true }),
    field('DINGTALK_AES_KEY', '加密 aes_key', '只有 webhook 方式要填：与签名 Token 在同一页', { secret: true }),
    field('DINGTALK_CARD_TEMPLATE_ID', '卡片模板 ID', '可不填，默认用钉钉公共的模板：卡片平台里自己的模板'),
    field('DINGTALK_MONTHLY_CALLS', '每月 API 调用', '可不填，默认是标准版（免费）的数：企业留给聊单的次数'),
    field('DINGTALK_MONTHLY_PUSHES', '每月消息推送', '可不填，默认是标准版（免费）的数：企业留给聊单的次数'),
  ],
};
