/** A draft that saves itself a moment after it was typed; what the server has not yet stays on the device. */
import { computed, onScopeDispose, reactive, shallowRef, watch } from 'vue';
import type { Problem } from '../api/ask.ts';
import { type QuoteView, quotesApi } from '../api/quotes.ts';
import { bodyOf, figuresOf, type TypedQuote, typedOf } from '../quote-draft.ts';
import { forget, keep, kept } from '../quote-kept.ts';

/** `waiting`: the server was not reached and is tried again; `stale`: the quote was changed elsewhere. */
export type SavingState = 'saved' | 'typing' | 'saving' | 'waiting' | 'incomplete' | 'stale' | 'refused';

const pauseMs = 1_000;
const againMs = 8_000;

const wordOf = (typed: TypedQuote): string => JSON.stringify(bodyOf(typed));

/** `saved` hears what the server has after each save. */
export function useQuoteDraft(first: QuoteView, saved: (quote: QuoteView) => void) {
  const { id } = first;
  const typed = reactive(typedOf(first));
  const state = shallowRef<SavingState>('saved');
  const problem = shallowRef<Problem | null>(null);
  const figures = computed(() => figuresOf(typed));
  /** Of the quote that the form goes on from; what is submitted is this one. */
  const version = shallowRef(first.version);
  let known = wordOf(typed);
  /** What was sent and may have arrived, although no answer came. */
  let unanswered = '';
  let theirs = first;
  let running: Promise<boolean> | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let left = false;

  restore();
  watch(typed, changed, { deep: true });
  addEventListener('online', flush);
  onScopeDispose(() => {
    removeEventListener('online', flush);
    void flush();
    left = true;
  });

  function restore(): void {
    const before = kept(id, typed.lines);
    if (!before) return;
    if (wordOf(before.typed) === known) {
      forget(id);
      return;
    }
    Object.assign(typed, before.typed);
    state.value = before.version === version.value ? 'typing' : 'stale';
    if (state.value === 'typing') soon(pauseMs);
  }

  function changed(): void {
    problem.value = null;
    if (wordOf(typed) === known && bodyOf(typed)) forget(id);
    else keep(id, version.value, typed);
    if (state.value === 'stale') return;
    state.value = 'typing';
    soon(pauseMs);
  }

  function soon(ms: number): void {
    clearTimeout(timer);
    if (!left) timer = setTimeout(() => void flush(), ms);
  }

  /** Saves what is not saved; false while it is not. Calls at the same time share one. */
  function flush(): Promise<boolean> {
    clearTimeout(timer);
    running ??= save().finally(() => {
      running = null;
    });
    return running;
  }

  async function save(): Promise<boolean> {
    for (;;) {
      if (state.value === 'stale') return false;
      const body = bodyOf(typed);
      state.value = body ? 'saving' : 'incomplete';
      if (!body) return false;
      const word = JSON.stringify(body);
      if (word === known) return settled();
      const asked = await quotesApi.change(id, { ...body, expectedVersion: version.value });
      if (asked.ok) took(asked.value, word);
      else if (asked.problem.code === 'changed_meanwhile') {
        if (!(await adopted())) return false;
      } else return failed(asked.problem, word);
    }
  }

  function settled(): true {
    forget(id);
    state.value = 'saved';
    return true;
  }

  function took(quote: QuoteView, word: string): void {
    version.value = quote.version;
    known = word;
    saved(quote);
    // Prices of the catalogue are the server's word.
    if (wordOf(typed) !== word) return;
    quote.lines.forEach(({ listMinor, costMinor }, at) => {
      const line = typed.lines[at];
      if (line && (line.listMinor !== listMinor || line.costMinor !== costMinor))
        Object.assign(line, { listMinor, costMinor });
    });
  }

  function failed(why: Problem, word: string): false {
    const later = why.status === 0 || why.status >= 500 || why.status === 429;
    state.value = later ? 'waiting' : 'refused';
    if (later) {
      unanswered = word;
      soon(againMs);
    } else problem.value = why;
    return false;
  }

  /** The change was our own whose answer never came, or touched nothing that is typed here: then one goes on from it. */
  async function adopted(): Promise<boolean> {
    const now = await quotesApi.quote(id);
    if (!now.ok) return failed(now.problem, '');
    const word = wordOf(typedOf(now.value));
    if ([known, unanswered, wordOf(typed)].includes(word)) {
      version.value = now.value.version;
      known = word;
      saved(now.value);
      return true;
    }
    theirs = now.value;
    state.value = 'stale';
    return false;
  }

  function takeTheirs(): void {
    Object.assign(typed, typedOf(theirs));
    goOn();
  }

  /** What is typed here goes over what was changed elsewhere. */
  function goOn(): void {
    version.value = theirs.version;
    known = wordOf(typedOf(theirs));
    state.value = 'typing';
    saved(theirs);
    void flush();
  }

  return { typed, state, version, problem, figures, flush, recheck: adopted, takeTheirs, takeMine: goOn };
}
