/** Refusals of the API by their code: the status, and what the person reads. */
import type { Context } from 'koa';
import type { ProblemCode, ProblemView } from './contract/common.ts';

const PROBLEMS: Readonly<Record<ProblemCode, { readonly status: number; readonly title: string }>> = {
  bad_request: { status: 400, title: '填写有误' },
  sign_in: { status: 401, title: '你还没有登录，或登录已过期，请重新打开页面。' },
  forbidden: { status: 403, title: '你不能这样做' },
  not_found: { status: 404, title: '没有找到，或你不能查看它。' },
  duplicate: { status: 409, title: '可能已经有这个客户了' },
  changed_meanwhile: { status: 409, title: '刚刚有人改过，请刷新后再试。' },
  not_open: { status: 409, title: '商机已经结束，不能再改阶段。' },
  unknown_stage: { status: 422, title: '没有这个阶段，请刷新后再选。' },
  same_stage: { status: 409, title: '商机已经在这个阶段。' },
  reason_missing: { status: 422, title: '请填写输单原因。' },
  fields_missing: { status: 409, title: '还缺必须有的' },
  cannot_undo: { status: 409, title: '不能撤销' },
  same_customer: { status: 409, title: '已经是同一个客户' },
  same_owner: { status: 409, title: '负责人没有变' },
  ask_owner: { status: 403, title: '要由负责人来合并' },
  no_colleague: { status: 422, title: '没有这位同事' },
  wrong_state: { status: 409, title: '现在不能这样做' },
  already_decided: { status: 409, title: '已经有人审批了' },
  cannot_submit: { status: 409, title: '现在不能提交' },
  contact_in_chat: { status: 409, title: '不能删除这位联系人' },
  too_many: { status: 429, title: '查得太多了' },
  key_reused: { status: 422, title: '这个 Idempotency-Key 已经用在另一个请求上，请换一个。' },
  too_large: { status: 413, title: '内容太长，最多 1 MiB。请分几次提交。' },
  too_slow: { status: 408, title: '内容没有传完，网络太慢，请再试一次。' },
  fault: { status: 500, title: '服务器出错了，请稍后再试。' },
};

/** `code`: one of the contract's; any other is our own mistake. `detail`: more than the code says. */
export function answerProblem(
  ctx: Context,
  code: string,
  detail?: string,
  more?: Pick<ProblemView, 'duplicates' | 'mayForce' | 'missing'>,
): void {
  const { status, title } = PROBLEMS[code as ProblemCode] ?? PROBLEMS.fault;
  const problem: ProblemView = { type: 'about:blank', title, status, detail: detail ?? title, code, ...more };
  ctx.status = status;
  ctx.set({ 'Content-Type': 'application/problem+json; charset=utf-8', 'Cache-Control': 'no-store' });
  ctx.body = JSON.stringify(problem);
}
