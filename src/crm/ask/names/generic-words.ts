// The words of company names that tell no company from another: places, trades, legal forms.

const list = (words: string): readonly string[] => words.trim().split(/\s+/);

const places = list(`
北京 天津 上海 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 海南 四川 贵州 云南 陕西 甘肃 青海 内蒙古 广西
西藏 宁夏 新疆 香港 澳门 台湾 石家庄 唐山 秦皇岛 邯郸 邢台 保定 张家口 承德 沧州 廊坊 衡水 太原 大同 阳泉 长治 晋城 朔州 晋中 运城 忻州 临汾 吕梁
呼和浩特 包头 鄂尔多斯 沈阳 大连 鞍山 抚顺 本溪 丹东 锦州 营口 阜新 辽阳 盘锦 铁岭 朝阳 葫芦岛 长春 四平 辽源 通化 白山 松原 延边 哈尔滨
齐齐哈尔 牡丹江 佳木斯 大庆 南京 无锡 徐州 常州 苏州 南通 连云港 淮安 盐城 扬州 镇江 泰州 宿迁 杭州 宁波 温州 嘉兴 湖州 绍兴 金华 衢州 舟山 台州
丽水 合肥 芜湖 蚌埠 淮南 马鞍山 淮北 铜陵 安庆 黄山 滁州 阜阳 宿州 六安 亳州 池州 宣城 福州 厦门 莆田 泉州 漳州 南平 龙岩 宁德 南昌 景德镇 萍乡
九江 新余 鹰潭 赣州 宜春 抚州 上饶 济南 青岛 淄博 枣庄 东营 烟台 潍坊 济宁 泰安 威海 日照 临沂 德州 聊城 滨州 菏泽 郑州 开封 洛阳 平顶山 安阳
鹤壁 新乡 焦作 濮阳 许昌 漯河 三门峡 南阳 商丘 信阳 周口 驻马店 武汉 黄石 十堰 宜昌 襄阳 鄂州 荆门 孝感 荆州 黄冈 咸宁 随州 长沙 株洲 湘潭 衡阳
邵阳 岳阳 常德 张家界 益阳 郴州 永州 怀化 娄底 广州 韶关 深圳 珠海 汕头 佛山 江门 湛江 茂名 肇庆 惠州 梅州 汕尾 河源 阳江 清远 东莞 中山 潮州
揭阳 云浮 南宁 柳州 桂林 梧州 北海 钦州 玉林 百色 海口 三亚 成都 自贡 攀枝花 泸州 德阳 绵阳 广元 遂宁 内江 乐山 南充 眉山 宜宾 广安 达州 雅安
巴中 资阳 贵阳 六盘水 遵义 安顺 昆明 曲靖 玉溪 保山 昭通 拉萨 西安 铜川 宝鸡 咸阳 渭南 延安 汉中 榆林 安康 兰州 嘉峪关 天水 武威 酒泉 西宁 银川
石嘴山 吴忠 乌鲁木齐 克拉玛依 昆山 常熟 张家港 太仓 江阴 宜兴 丹阳 靖江 如皋 海门 启东 义乌 慈溪 余姚 永康 东阳 诸暨 海宁 桐乡 平湖 瑞安 乐清 温岭
玉环 临海 嵊州 晋江 石狮 南安 福清 胶州 龙口 寿光 滕州 顺德 南海 浦东 松江 嘉定 宝安 龙岗 鄞州 北仑 镇海 奉化 象山 宁海 萧山 余杭 吴江 相城 萧县
浏阳 长兴 德清 中国 全球 亚洲 华东 华南 华北 华中`);

const trades = list(`
科技 技术 网络 信息 信息技术 电子 电气 电器 电力 电机 机电 机械 机床 设备 装备 自动化 智能 智能装备 精密 精工 精机 仪器 仪表 仪器仪表 传动 液压 气动 阀门
轴承 模具 模塑 五金 金属 金属制品 钢铁 钢构 铝业 铜业 有色 塑料 塑胶 橡胶 橡塑 化工 化学 新材料 材料 复合材料 涂料 建材 建筑 建设 工程 安装 装饰 家居 家具
家电 照明 光电 光学 半导体 微电子 芯片 通信 通讯 软件 数据 云计算 互联网 物联网 贸易 商贸 国际贸易 进出口 国际 实业 工业 制造 制品 加工 生产 服务 咨询
管理 投资 控股 发展 开发 创新 研究院 研究所 设计 设计院 环保 环境 能源 新能源 电源 电池 锂电 光伏 储能 电缆 线缆 食品 饮料 农业 农牧 生物 生物科技 医疗
医疗器械 器械 医药 制药 药业 健康 纺织 服饰 服装 鞋业 箱包 皮革 印刷 包装 纸业 文化 传媒 广告 教育 物流 供应链 运输 仓储 汽车 汽车零部件 零部件 汽配 重工
重机 船舶 航空 航天 交通 轨道交通 玻璃 陶瓷 石材 木业 玩具 礼品 工艺品 日用品 化妆品 百货 商业 连锁 电商 电子商务 酒店 餐饮 旅游 制冷 空调 暖通 水务
水泵 泵业 风机 电梯 焊接 铸造 锻造 热处理 表面处理 激光 数控 机器人 检测 测控 测试 安防 消防 标准件 紧固件 弹簧 密封 密封件 工具 刀具 量具 电控 系统`);

const forms = list(
  '股份有限公司 有限责任公司 集团有限公司 集团股份有限公司 科技股份有限公司 有限公司 股份公司 总公司 分公司 公司 集团 总厂 工厂 厂 股份 商行 经营部 门市部 工作室 事务所 合作社',
);

/** English words of the same kind, as they end a name. */
export const englishGeneric: ReadonlySet<string> = new Set(
  list(`co ltd limited inc llc corp corporation company gmbh plc pte group holdings china technology technologies tech
  trading international industrial industries industry electronics electric machinery equipment precision systems import export
  manufacturing mfg materials`),
);

/** Tries the longest word first. */
const byLength = (words: readonly string[]): readonly string[] => [...words].sort((a, b) => b.length - a.length);
const byFirst = new Map<string, string[]>();
for (const place of byLength(places)) byFirst.set(place.charAt(0), [...(byFirst.get(place.charAt(0)) ?? []), place]);
const byLast = new Map<string, string[]>();
for (const trade of byLength(trades)) byLast.set(trade.slice(-1), [...(byLast.get(trade.slice(-1)) ?? []), trade]);
const formsByLength = byLength(forms);
const placeSet: ReadonlySet<string> = new Set(places);

export const isPlace = (word: string): boolean => placeSet.has(word);
/** The place a text begins with, '' when none. */
export const leadingPlace = (text: string): string =>
  byFirst.get(text.charAt(0))?.find((place) => text.startsWith(place)) ?? '';
/** The trade a text ends with, '' when none. */
export const trailingTrade = (text: string): string =>
  byLast.get(text.slice(-1))?.find((trade) => text.endsWith(trade)) ?? '';
/** The legal form a text ends with, '' when none. */
export const trailingForm = (text: string): string => formsByLength.find((form) => text.endsWith(form)) ?? '';
/** The trade or legal form a text begins with, '' when none. */
export const leadingGeneric = (text: string): string =>
  formsByLength.find((form) => text.startsWith(form)) ?? trades.find((trade) => text.startsWith(trade)) ?? '';
