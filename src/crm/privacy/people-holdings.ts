/** What tables hold of people and customers themselves, and what an erasure does to each. */
import { ERASED, type Holdings, PSEUDONYM, part } from './holding.ts';

/** In the order in which they are erased: what a subject is found by goes last. */
export const peopleHoldings: Holdings = {
  contact_follow: {
    title: '同事通讯录里的备注',
    contact: part('contact_identity_id', 'identity', 'drop'),
    customer: part('contact_identity_id', 'identity', 'drop'),
    staff: part('staff_id', 'staff', 'drop'),
    words: ['remark', 'company', 'tags'],
  },
  contact_profile: {
    title: '联系人资料',
    contact: part('id', 'contact', 'drop'),
    customer: part('id', 'contact', 'drop'),
    plain: ['title', 'email'],
  },
  contact: {
    title: '联系人',
    contact: part('id', 'contact', { name: ERASED.contact }),
    customer: part('id', 'contact', { name: ERASED.contact }),
    plain: ['name'],
  },
  customer_profile: {
    title: '客户资料',
    customer: part('id', 'customer', 'keep'),
    kept: '备注和标签清空，等级、区域、行业保留',
    words: ['remark', 'tags'],
    plain: ['normal_name', 'grade', 'region', 'product_line', 'industry', 'source'],
  },
  customer_merge: {
    title: '合并过来的客户',
    customer: part('into_id', 'customer', 'keep'),
    plain: ['moved'],
  },
  collaborator: {
    title: '协作人',
    customer: part('customer_id', 'customer', 'drop'),
    staff: part('staff_id', 'staff', 'drop'),
  },
  customer: { title: '客户', customer: part('id', 'customer', 'keep'), kept: '改名', plain: ['name'] },

  staff_profile: {
    title: '员工资料',
    staff: part('id', 'staff', { phone: null, email: null, job_rank: null }),
    plain: ['email', 'region', 'product_lines'],
  },
  staff_department: { title: '所在部门', staff: part('staff_id', 'staff', 'drop') },
  staff_preference: {
    title: '提醒偏好',
    staff: part('id', 'staff', 'drop'),
    plain: ['quiet_from', 'quiet_to', 'alerts'],
  },
  leave_time: { title: '休假', staff: part('staff_id', 'staff', 'drop') },
  stand_in: { title: '请人代批', staff: part('staff_id', 'staff', 'drop') },
  link_code: { title: '绑定账号的代码', staff: part('staff_id', 'staff', 'drop'), plain: ['code_hash'] },
  greeting: { title: '问候', staff: part('id', 'staff', 'drop') },
  morning_list: { title: '早上的清单', staff: part('id', 'staff', 'drop'), plain: ['date'] },
  owner_figure: { title: '个人漏斗数字', staff: part('id', 'staff', 'drop'), plain: ['figures'] },
  page_session: { title: '页面登录', staff: part('staff_id', 'staff', 'drop'), plain: ['id'] },
  staff_identity: {
    title: '员工的平台账号',
    staff: part('staff_id', 'staff', 'drop'),
    plain: ['external_id'],
  },
  staff: {
    title: '员工',
    staff: part('id', 'staff', { name: PSEUDONYM, supervisor_id: null }),
    plain: ['name', 'role'],
  },
  /** Its number on the platform is replaced by a hash: the address book must not bring the person back. */
  contact_identity: {
    title: '联系人的平台账号',
    contact: part('id', 'identity', 'keep'),
    customer: part('id', 'identity', 'keep'),
    kept: '名字清空，平台编号换成哈希',
    plain: ['external_id', 'name'],
  },
};
