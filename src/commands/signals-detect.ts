// Judges a list of chat lines with the policy's signal rules, one JSON answer per line: the dry run of a policy.
import type { SignalDetector } from '../crm/signal/detect/index.ts';

/**
 * For each line `speaker⇥text[⇥…]` (`\n` in the text is a line break) one JSON string `{"signals":{"quoted":"advance"}}`, in order, each
 * line judged alone. A blank or malformed line still gives one answer, with a Chinese `error`.
 */
export async function* signalsDetect(
  lines: AsyncIterable<string> | Iterable<string>,
  detector: SignalDetector,
): AsyncGenerator<string> {
  for await (const line of lines) yield JSON.stringify(answer(line.replace(/^\uFEFF|\r$/g, ''), detector));
}

function answer(line: string, detector: SignalDetector): { signals: Record<string, string>; error?: string } {
  if (line.trim() === '') return { signals: {}, error: '空行' };
  const [speaker, text] = line.split('\t', 2);
  if (text === undefined) return { signals: {}, error: '缺少制表符：每行应为“说话人⇥内容”' };
  const who = speaker?.trim();
  if (who !== 'customer' && who !== 'staff') return { signals: {}, error: '说话人只能是 customer 或 staff' };
  const found = detector.detect({ speaker: who, text: text.replaceAll('\\n', '\n') });
  return { signals: Object.fromEntries(found.map((f) => [f.signal, f.verdict])) };
}
