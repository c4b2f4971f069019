// The customers the asking tests know.
import { compileNames } from '../../../src/crm/ask/names/compile-names.ts';

export const customers = {
  恒锐: '宁波恒锐机电有限公司',
  明远科技: '苏州明远科技有限公司',
  明远电机: '明远电机',
  天工: '浙江省宁波市鄞州区天工精密机械股份有限公司',
  siemens: 'Siemens Ltd., China',
  大疆: '深圳市大疆创新科技有限公司',
  新和: '无锡新和自动化设备有限公司',
  合同通: '上海合同通网络科技',
  永盛: '东莞市永盛五金制品厂',
  大众: '大众汽车(中国)投资有限公司',
  好的: '好的科技有限公司',
  样品: '样品科技有限公司',
  科艺: '科艺电子',
} as const;

export type Customer = keyof typeof customers;

/** Ids are the short names above. */
export const book = compileNames(Object.entries(customers).map(([id, name]) => ({ id, name })));
