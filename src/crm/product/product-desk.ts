/** The catalogue as colleagues read and keep it: everybody looks, managers and administrators change. */
import { type Desk, type Done, done, type Refused, refused } from '../access/desk.ts';
import { maySeeCosts } from '../quote/costs.ts';
import type { StaffRow } from '../rows/people.ts';
import type { ProductRow } from '../rows/quotes.ts';
import type { Tx } from '../tx.ts';
import { findByInitials, initialsIn } from './find-by-initials.ts';

export const CURRENCY = 'CNY';

/** What is undefined stays as it is, or is not known. */
export interface ProductFacts {
  readonly code?: string | null | undefined;
  readonly name?: string | undefined;
  readonly spec?: string | null | undefined;
  readonly unit?: string | undefined;
  readonly productLine?: string | null | undefined;
  readonly listMinor?: number | null | undefined;
  readonly costMinor?: number | null | undefined;
  readonly active?: boolean | undefined;
}

/** In the order in which changes are told. */
const FIELDS = ['code', 'name', 'spec', 'unit', 'productLine', 'listMinor', 'costMinor', 'active'] as const;

export const mayKeepProducts = ({ active, role }: StaffRow): boolean => active && role !== 'sales';

/**
 * `after`: the id of the last product of the page before; `bad_request` for one that is none. Letters that few names,
 * codes and specs are written with are taken for initials of names as well, which follow in the same page: `breathe`
 * lets others go first while all names are read for it.
 */
export async function listProducts(
  { tx }: Desk,
  {
    after,
    limit,
    ...wanted
  }: { readonly word: string | null; readonly active: boolean; readonly after: string | null; readonly limit: number },
  breathe: () => Promise<void>,
): Promise<Done<{ readonly items: readonly ProductRow[]; readonly more: boolean }>> {
  const place = after === null ? null : await tx.product.get(after);
  if (after !== null && place === null) return refused('bad_request', 'cursor：不是上一页给出的值');
  const found = await tx.queries.products({ ...wanted, after: place, limit: limit + 1 });
  const few = found.length < limit && after === null && wanted.word !== null;
  const letters = few ? initialsIn(wanted.word ?? '') : null;
  if (letters === null) return done({ items: found.slice(0, limit), more: found.length > limit });
  const spelt = await findByInitials(tx, letters, { active: wanted.active, limit, breathe });
  const others = spelt.filter(({ id }) => !found.some((product) => product.id === id));
  return done({ items: [...found, ...others].slice(0, limit), more: false });
}

export async function addProduct(
  desk: Desk,
  facts: ProductFacts & { readonly name: string; readonly unit: string },
): Promise<Done<ProductRow>> {
  const { tx, notes } = desk;
  const refusal = refuseToKeep(desk, facts) ?? (await refuseCode(tx, facts.code ?? null, null));
  if (refusal) return refusal;
  const product = await insertProduct(tx, facts);
  notes.push({ action: 'product.create', entity: 'product', entityId: product.id });
  return done(product);
}

export async function changeProduct(desk: Desk, id: string, facts: ProductFacts): Promise<Done<ProductRow>> {
  const { tx, notes } = desk;
  const product = await tx.product.hold(id);
  if (!product) return refused('not_found', '目录里没有这个产品。');
  const refusal = refuseToKeep(desk, facts) ?? (await refuseCode(tx, facts.code ?? null, id));
  if (refusal) return refusal;
  const { patch, fields } = differences(product, facts);
  if (fields.length === 0) return done(product);
  await tx.product.update({ id }, { ...patch, updatedAt: tx.now });
  notes.push({ action: 'product.update', entity: 'product', entityId: id, detail: { fields } });
  return done({ ...product, ...patch, updatedAt: tx.now });
}

export function insertProduct(
  tx: Tx,
  { name, unit, ...facts }: ProductFacts & { readonly name: string; readonly unit: string },
): Promise<ProductRow> {
  return tx.product.insert({
    ...{ id: tx.newId(), name, unit, currency: CURRENCY },
    code: facts.code ?? null,
    spec: facts.spec ?? null,
    productLine: facts.productLine ?? null,
    listMinor: facts.listMinor ?? null,
    costMinor: facts.costMinor ?? null,
    active: facts.active ?? true,
    createdAt: tx.now,
    updatedAt: tx.now,
  });
}

/** What would be another than it is. */
export function differences(
  product: ProductRow,
  facts: ProductFacts,
): { readonly patch: Partial<ProductRow>; readonly fields: readonly string[] } {
  const fields = FIELDS.filter((field) => facts[field] !== undefined && facts[field] !== product[field]);
  return { patch: Object.fromEntries(fields.map((field) => [field, facts[field]])), fields };
}

function refuseToKeep({ tx, me }: Pick<Desk, 'tx' | 'me'>, { costMinor }: ProductFacts): Refused | null {
  if (!mayKeepProducts(me)) return refused('forbidden', '产品目录由经理和管理员维护。');
  if (costMinor !== undefined && !maySeeCosts(tx, me)) return refused('forbidden', '你看不到成本，也不能填写成本。');
  return null;
}

async function refuseCode(tx: Tx, code: string | null, ownId: string | null): Promise<Refused | null> {
  const other = code === null ? null : await tx.product.find({ code });
  return other && other.id !== ownId ? refused('bad_request', `编号 ${code} 已经是「${other.name}」的了。`) : null;
}
