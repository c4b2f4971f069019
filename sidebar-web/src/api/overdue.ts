/** The calls about what stands in each stage and what stands too long, typed by the server's contract. */
import type { PageView } from '../../../src/http/contract/common.ts';
import type { OverdueLineView, PipelineView } from '../../../src/http/contract/overdue.ts';
import { askSignedIn as ask } from './signed-in.ts';

export type { OverdueLineView, PipelineView } from '../../../src/http/contract/overdue.ts';

/** `department`: empty for everybody. */
const query = (parts: Readonly<Record<string, string>>): string => {
  const given = Object.entries(parts).filter(([, value]) => value !== '');
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`;
};

export const overdueApi = {
  pipeline: (department: string) => ask<PipelineView>(`pipeline${query({ department })}`),
  list: (stage: string, department: string, cursor: string | null) =>
    ask<PageView<OverdueLineView>>(`overdue${query({ stage, department, cursor: cursor ?? '' })}`),
} as const;
