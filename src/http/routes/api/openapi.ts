/** The API as an OpenAPI 3.1 document, made of the contract's shapes. */
import { z } from 'zod';
import { problem } from '../../contract/common.ts';
import { type Operation, operations } from '../../contract/operations.ts';

/** Made anew for whoever asks: people read it once. */
export function openApiDocument(): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const [operationId, operation] of Object.entries<Operation>(operations)) {
    const path = operation.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [operation.method]: describe(operationId, operation) };
  }
  return {
    openapi: '3.1.0',
    info: { title: '聊单', version: '1', description: '页面与其他程序使用的接口。时间是毫秒，金额是分。' },
    paths,
    components: {
      schemas: { Problem: schemaOf(problem, 'output') },
      securitySchemes: {
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'liaodan',
          description: '页面登录后的会话；改动要带 x-liaodan 头',
        },
        token: { type: 'http', scheme: 'bearer', description: '令牌：npm run crm -- token create' },
      },
    },
    security: [{ session: [] }, { token: [] }],
  };
}

function describe(operationId: string, operation: Operation): object {
  const { summary, path, query, body, answer } = operation;
  const parameters = [
    ...[...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
      name,
      in: 'path',
      required: true,
      schema: { type: 'string' },
    })),
    ...queryParameters(query),
    ...(operation.status === 201 ? [idempotencyKey] : []),
  ];
  return {
    operationId,
    summary,
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body ? { requestBody: { required: true, content: json(schemaOf(body, 'input')) } } : {}),
    responses: {
      [operation.status ?? 200]: { description: '成功', content: json(schemaOf(answer, 'output')) },
      default: {
        description: '没有做成，原因见 code',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  };
}

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: '同一个键在一天内重发，只做一次，应答与第一次相同',
  schema: { type: 'string', maxLength: 200 },
};

function queryParameters(query: z.ZodType | undefined): object[] {
  const { properties = {}, required = [] } = query ? schemaOf(query, 'input') : {};
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }));
}

const json = (schema: object) => ({ 'application/json': { schema } });

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): z.core.JSONSchema.BaseSchema {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io });
  return rest;
}
