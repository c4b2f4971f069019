/** A value that a shape of the API's contract takes, or nearly: the sample that is bent. */
import { z } from 'zod';

interface Shape {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Shape[];
  readonly oneOf?: readonly Shape[];
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly items?: Shape;
  readonly minimum?: number;
  readonly minLength?: number;
}

export function sampleOf(schema: z.ZodType): unknown {
  return made(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Shape, '');
}

/** `@id` stands for the id of a row that is there. */
function made(shape: Shape, name: string): unknown {
  const { anyOf, oneOf } = shape;
  const [one] = anyOf ?? oneOf ?? [];
  if (one) return made(one, name);
  if (shape.const !== undefined) return shape.const;
  if (shape.enum) return shape.enum[0];
  switch (shape.type) {
    case 'object':
      return Object.fromEntries(Object.entries(shape.properties ?? {}).map(([key, value]) => [key, made(value, key)]));
    case 'array':
      return shape.items ? [made(shape.items, name)] : [];
    case 'integer':
    case 'number':
      return Math.max(shape.minimum ?? 0, name === 'expectedVersion' ? 1 : 0);
    case 'boolean':
      return true;
    case 'string':
      return stringOf(name, shape.minLength ?? 0);
    default:
      return null;
  }
}

function stringOf(name: string, least: number): string {
  if (/(^id|Ids?)$/.test(name)) return '@id';
  if (name === 'base64') return Buffer.from('名称,编号,目录价\n电机,A-1,12.5').toString('base64');
  if (name === 'toStage') return 'quoted';
  if (name === 'phone') return '13800138000';
  if (/date|from|until|to$/i.test(name)) return '2026-12-01';
  return '恒锐'.padEnd(least, '锐');
}
