/** To-dos of the platform (dingtalk.md §5.3): made for one colleague, changed, finished, taken away. Each call counts to the month's quota. */
import { DeliveryError, type Order, type Receipt } from '../../src/channel/delivery.ts';
import type { DingtalkClient } from './client.ts';
import { type JsonRecord, recordField, textField } from './json.ts';
import type { LinkDrawer } from './page-address.ts';

type TodoOrder = Extract<Order, { kind: 'todo.put' }>;
/** `as`: what the call is known by in logs and problems, without anybody's id. */
export type NamedCall = (
  method: 'POST' | 'PUT' | 'DELETE',
  path: string,
  body: JsonRecord,
  as: string,
) => Promise<JsonRecord>;

/** Characters that `subject` takes; the client cuts earlier. */
const MOST_SUBJECT = 500;
const NAME = '/v1.0/todo/users/tasks';

export function createTodoCalls(
  client: Pick<DingtalkClient, 'oapi'>,
  call: NamedCall,
  linkOf: LinkDrawer,
): (order: TodoOrder) => Promise<Receipt> {
  const unionIds = new Map<string, string>();

  /** The platform knows people here by another id than everywhere else; asking for it costs nothing. */
  async function unionIdOf(userId: string): Promise<string> {
    const known = unionIds.get(userId);
    if (known !== undefined) return known;
    const reply = await client.oapi('/topapi/v2/user/get', { userid: userId, language: 'zh_CN' });
    const person = recordField(reply, 'result');
    const unionId = person && textField(person, 'unionid');
    if (!unionId) throw new DeliveryError('permanent', 'no_union_id', '钉钉没有给出这位同事的 unionId。');
    unionIds.set(userId, unionId);
    return unionId;
  }

  async function make(order: TodoOrder, unionId: string, path: string): Promise<Receipt> {
    const address = linkOf(order.page)?.address;
    if (address === undefined)
      throw new DeliveryError('permanent', 'no_page', '钉钉待办要有能打开的页面：请先设置 PUBLIC_URL。');
    const reply = await call(
      'POST',
      `${path}?operatorId=${unionId}`,
      {
        ...contentOf(order),
        sourceId: order.sourceId,
        creatorId: unionId,
        executorIds: [unionId],
        detailUrl: { appUrl: address, pcUrl: address },
        isOnlyShowExecutor: true,
        notifyConfigs: { dingNotify: '1' },
      },
      NAME,
    );
    return { kind: 'todo', todoId: textField(reply, 'id') };
  }

  return async (order) => {
    const unionId = await unionIdOf(order.to.id);
    const path = `/v1.0/todo/users/${unionId}/tasks`;
    if (order.todoId === null) return make(order, unionId, path);
    const own = `${path}/${order.todoId}`;
    const operator = `?operatorId=${unionId}`;
    if (order.state === 'gone') {
      await call('DELETE', own + operator, {}, NAME);
      return { kind: 'todo', todoId: null };
    }
    if (order.state === 'done') {
      const executorStatusList = [{ id: unionId, isDone: true }];
      await call('PUT', `${own}/executorStatus${operator}`, { executorStatusList }, NAME);
    } else await call('PUT', own + operator, { ...contentOf(order), done: false }, NAME);
    return { kind: 'todo', todoId: order.todoId };
  };
}

const contentOf = ({ title, about, dueAt }: TodoOrder): JsonRecord => ({
  subject: (about === '' ? title : `${title}（${about}）`).slice(0, MOST_SUBJECT),
  ...(dueAt !== null && { dueTime: dueAt }),
});
