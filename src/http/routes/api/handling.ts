/** The shape of a handler: what it is given of a request, and what it gives back, as the contract says for its operation. */
import type { z } from 'zod';
import type { Desk, Done, Refused } from '../../../crm/access/desk.ts';
import type { DuplicatesFound } from '../../../crm/customer/create-customer.ts';
import type { GateResult } from '../../../crm/opportunity/gate.ts';
import type { OperationName, operations } from '../../contract/operations.ts';
import type { GivenTable } from './given-table.ts';

type Shapes = typeof operations;
type Part<N extends OperationName, Key extends 'query' | 'body'> =
  Shapes[N] extends Record<Key, infer S extends z.ZodType> ? z.output<S> : undefined;

export interface Given<N extends OperationName> {
  /** Of the path; empty where it names none. */
  readonly id: string;
  readonly query: Part<N, 'query'>;
  readonly body: Part<N, 'body'>;
  readonly table: Shapes[N] extends { readonly file: true } ? GivenTable : undefined;
}

/** What a refusal says beside its sentence: the duplicates that were found, or the gate that is shut. */
export type More = DuplicatesFound | GateResult;

export type Handled<Value> = Done<Value> | Refused<More>;

export type Handlers = {
  readonly [N in OperationName]: (desk: Desk, given: Given<N>) => Promise<Handled<z.input<Shapes[N]['answer']>>>;
};
