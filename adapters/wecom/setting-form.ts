/** What the set-up page asks about WeCom, in the order of its administration console. The archive is said in `.env`: it names files of the server. */
import { fieldsOf, type SettingForm } from '../../src/channel/setting.ts';
import { explain } from './setting-words.ts';

const field = fieldsOf(explain);

const both = { secret: true, required: true };

export const wecomForm: SettingForm = {
  pagePath: '/app/customer?platform=wecom',
  fields: [
    field('WECOM_CORP_ID', '企业 ID', '管理后台 → 我的企业 → 企业信息，最下方', { required: true }),
    field('WECOM_AGENT_ID', 'AgentId', '应用管理 → 自建 → 聊单，页面上方', { required: true }),
    field('WECOM_SECRET', 'Secret', '与 AgentId 在同一页，点“查看”后到手机企业微信里复制', both),
    field('WECOM_TOKEN', 'Token', '应用页 → 接收消息 → 设置 API 接收，点“随机获取”', both),
    field(
      'WECOM_AES_KEY',
      'EncodingAESKey',
      '与 Token 在同一页，点“随机获取”；先在这里保存，再回后台填回调地址并保存',
      both,
    ),
    field('WECOM_VERIFY_FILE', '域名验证文件', '可不填。应用页 → 网页授权及JS-SDK → 可信域名，填它给的文件名'),
    field('WECOM_BOT_ID', '机器人 BotID', '可不填。安全与管理 → 管理工具 → 智能机器人 → API 模式 → 长连接'),
    field('WECOM_BOT_SECRET', '机器人 Secret', '填了 BotID 才要填，与它在同一页', { secret: true }),
    field('WECOM_CONTACT_SECRET', '客户联系 Secret', '只有 2023 年 12 月以前的老企业才可能要：客户联系 → API', {
      secret: true,
    }),
    field('WECOM_GROUP_WEBHOOKS', '群机器人', '可不填。内部群 → 消息推送，写成“群名=Webhook 地址”，多个用逗号隔开', {
      secret: true,
    }),
  ],
};
