/** How the staff commands say what is wrong. */

export function person(word: string, reason: 'unknown_person' | 'several_people'): string {
  return reason === 'unknown_person'
    ? `没有叫“${word}”的员工：用 npm run crm -- staff list 查看。`
    : `有几位员工都是“${word}”：请改用手机号，或 npm run crm -- staff list 里的编号。`;
}

export const roleNames = { admin: '管理员', manager: '主管', sales: '销售' } as const;
