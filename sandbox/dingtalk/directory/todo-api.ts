/** To-do tasks as far as a CRM needs them: made once per `sourceId`, finished, taken away (dingtalk.md §5.3). */
import { type ApiCall, text } from '../../platform/http-face.ts';
import { asObject, listOf } from '../../platform/json.ts';
import type { Core } from '../core.ts';
import { ok, type Reply, type Route, refuse, strings } from '../reply.ts';

export interface Todo {
  readonly id: string;
  readonly sourceId: string;
  /** unionIds. */
  readonly executorIds: readonly string[];
  readonly doneBy: Set<string>;
  subject: string;
  dueTime: number | null;
  deleted: boolean;
}

export interface Todos {
  readonly routes: readonly Route[];
  readonly list: readonly Todo[];
}

export function createTodos(core: Core): Todos {
  const { random, world, journal } = core;
  const list: Todo[] = [];
  const known = (unionId: string): boolean => [...world.people.values()].some((person) => person.unionId === unionId);
  const find = ({ params }: ApiCall): Todo | undefined =>
    list.find(({ id, deleted }) => id === params.task && !deleted);
  const missing = (): Reply => refuse('todo.taskId.paramError', '待办不存在');

  function create({ body, params }: ApiCall): Reply {
    const subject = text(body.subject);
    if (subject === '' || subject.length > 1024) return refuse('todo.subject.paramError', 'subject 无效');
    if (!known(params.union ?? '')) return refuse('todo.unionId.paramError', 'unionId 无效');
    const detail = asObject(body.detailUrl);
    if (!detail?.appUrl && !detail?.pcUrl) return refuse('todo.detailUrl.paramError', 'detailUrl 必填');
    const executorIds = strings(body.executorIds);
    if (!executorIds.every(known)) return refuse('todo.executorIds.paramError', 'executorIds 无效');
    const sourceId = text(body.sourceId);
    let todo = list.find((one) => sourceId !== '' && one.sourceId === sourceId && !one.deleted);
    if (!todo) {
      const dueTime = typeof body.dueTime === 'number' ? body.dueTime : null;
      todo = {
        id: `task${random.hex(32)}`,
        sourceId,
        executorIds,
        doneBy: new Set(),
        subject,
        dueTime,
        deleted: false,
      };
      list.push(todo);
      journal.touch();
    }
    return ok({ id: todo.id, done: false, subject: todo.subject, sourceId, executorIds, requestId: random.hex(16) });
  }

  const change =
    (apply: (todo: Todo, call: ApiCall) => void) =>
    (call: ApiCall): Reply => {
      const todo = find(call);
      if (!todo) return missing();
      apply(todo, call);
      journal.touch();
      return ok({ result: true, requestId: random.hex(16) });
    };

  const update = change((todo, { body }) => {
    if (text(body.subject) !== '') todo.subject = text(body.subject);
    if (typeof body.dueTime === 'number') todo.dueTime = body.dueTime;
    if (body.done === true) for (const id of todo.executorIds) todo.doneBy.add(id);
  });
  const finish = change((todo, { body }) => {
    for (const entry of listOf(body, 'executorStatusList').map(asObject)) {
      if (entry?.isDone === true) todo.doneBy.add(text(entry.id));
      else todo.doneBy.delete(text(entry?.id));
    }
  });
  const remove = change((todo) => {
    todo.deleted = true;
  });

  const tasks = '/api/v1.0/todo/users/:union/tasks';
  const route = (method: Route['method'], path: string, answer: Route['answer']): Route => ({
    method,
    path,
    auth: 'token',
    scope: 'Todo.Todo.Write',
    meter: 'openApi',
    answer,
  });
  return {
    list,
    routes: [
      route('POST', tasks, create),
      route('PUT', `${tasks}/:task/executorStatus`, finish),
      route('PUT', `${tasks}/:task`, update),
      route('DELETE', `${tasks}/:task`, remove),
    ],
  };
}
