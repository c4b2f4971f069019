// What a question to the bot can be about, and the words for it.

/** What a question is about. */
export type Topic =
  | 'overview'
  | 'stage'
  | 'quote'
  | 'sample'
  | 'contract'
  | 'payment'
  | 'order'
  | 'after_sales'
  | 'owner'
  | 'contact'
  | 'last_contact';

/** Nouns name a thing one can ask for by itself (恒锐 报价); verbs need a question (恒锐付款了吗). */
export interface TopicWords {
  readonly topic: Topic;
  readonly nouns: string;
  readonly verbs: string;
}

/** Where a question speaks of several, the first here wins: 样品发货了吗 is about the sample. */
export const topicWords: readonly TopicWords[] = [
  {
    topic: 'contact',
    nouns: `联系人 技术联系人 商务联系人 主要联系人 对接人 对接的人 技术对接人 对接窗口 接口人 决策人 关键人 拍板人 电话 电话号码 手机 手机号 手机号码 号码 微信 微信号 邮箱
      联系方式 地址 联系电话 联络人 联络方式 窗口 contact contacts phone email`,
    verbs: '找 联系哪位 找哪位 拍板 说了算 做主 拿主意 管事',
  },
  {
    topic: 'payment',
    nouns: `回款 回款情况 回款计划 货款 尾款 定金 订金 预付款 首款 首付款 合同款 样品费 打样费 模具费 款项 款子 款 钱 账款 应收 应收款 欠款 账 账期 余款 进度款 质保金 发票
      payment payments deposit balance`,
    verbs: `付款 交钱 交款 付钱 打款 打钱 转账 转款 汇 汇款 到账 入账 进账 结清 付清 结账 结款 付 打 欠 欠款 逾期 收到款 收到钱 付了款 付了钱 打了款 付过款 打过款 回了款 回过款
      paid pay received 回 到位 收齐 收回 收款 汇款 开票 开了票 开过票`,
  },
  {
    topic: 'after_sales',
    nouns: '售后 工单 客诉 售后单 质量问题 保修 ticket tickets complaint complaints',
    verbs: '修 维修 投诉 报修',
  },
  {
    topic: 'sample',
    nouns: '样品 样件 样板 样机 小样 样 样品单 大样 首样 sample samples',
    verbs: '寄样 打样 送样 送样品 寄样品 试样 样品测试 寄过样 打过样 送过样 寄了样 打了样 打好样 sampled',
  },
  {
    topic: 'contract',
    nouns: '合同 协议 合约 框架协议 采购合同 销售合同 合同金额 合同额 contract agreement',
    verbs: '签 签约 签订 盖章 回签 用印 签署 签字 签合同 签了合同 签过合同 签回 签回来 signed sign',
  },
  {
    topic: 'quote',
    nouns:
      '报价 报价单 价格 单价 总价 价 价钱 报价记录 报价历史 价格历史 历史报价 报价金额 报的价 底价 毛利 毛利率 利润 有效期 什么价 什么价格 什么价位 啥价 啥价格 啥价位 哪个价 offer quote quotes quotation price pricing',
    verbs: '报 报价 报过价 报了价 报价过 报出 报完价 报好价 quoted',
  },
  {
    topic: 'order',
    nouns: '订单 po 货 物流 交期 订单状态 订单进度 大货 货物 快递 采购单 order orders delivery shipment',
    verbs:
      '成交 发货 发走 发出去 发得出去 交货 出货 下单 交付 生产 排产 完工 发了货 出了货 交了货 下过单 下了单 发过货 delivered shipped ordered 投产 验收 单下 单子下',
  },
  {
    topic: 'last_contact',
    nouns:
      '跟进记录 联系记录 沟通记录 拜访记录 聊天记录 跟进情况 沟通情况 最近联系 最近沟通 最近跟进 最后联系 上次联系 上次沟通 上次跟进 上次拜访 最近互动',
    verbs: `联系 沟通 聊 聊天 跟进 拜访 见面 回访 通话 打电话 联络 互动 往来 见 说话 联系上 碰面 接触 走访 talk talked contacted contact spoke met 说了什么 说了啥 说什么 说啥 聊什么 聊啥 动 理`,
  },
  {
    topic: 'owner',
    nouns: `负责人 业务员 销售 销售员 业务 业务负责人 跟进人 客户经理 归属 归属人 负责的人 负责同事 我的客户 的客户 我们客户 我们的客户 咱们客户 咱们的客户 咱客户 咱的客户 charge owner sales rep salesperson`,
    verbs: '负责 跟 跟单 管 对接 维护 归 属于 服务 在跟 owns own handles handle handling 管着 盯 盯着 带 接手',
  },
  {
    topic: 'stage',
    nouns: '阶段 进度 进展 状态 步骤 节点 环节 商机 商机阶段 项目进度 stage progress status',
    verbs: '推进 卡 卡住 超期 超时',
  },
  {
    topic: 'overview',
    nouns: `情况 现状 商机金额 预计金额 新消息 近况 消息 动静 动态 信息 资料 概况 档案 客户信息 客户资料 客户情况 名片 卡片 客户卡 详情 全貌 背景 下一步 接下来 啥公司 什么公司 哪家公司 后续 待办 任务 info information overview summary
      details update updates news`,
    verbs: '',
  },
];
