// What the parts of the detector say to each other and to the rest of the product.
import type { Phrase } from './phrase.ts';
import type { CompiledRule } from './rule.ts';

export type Speaker = 'customer' | 'staff';

/** A message as the detector sees it; `recent` are the messages of the chat before it, oldest first (the last three are used). */
export type SpokenLine = {
  speaker: Speaker;
  text: string;
  recent?: readonly { speaker: Speaker; text: string }[];
  stage?: string;
};

/** What a message says about one signal: `rule` is the rule's key, `phrase` what matched, `quote` its clause in the sender's own spelling. */
export type SignalFinding = {
  signal: string;
  verdict: 'advance' | 'hint';
  rule: string;
  phrase: string;
  quote: string;
};

export type SignalDetector = { detect(line: SpokenLine): SignalFinding[] };

/** A rule's phrase whose fixed words were seen in a clause. */
export type Hit = { compiled: CompiledRule; phrase: Phrase };

/** A noun that was spoken of, with the rule it belongs to: the next clause may leave it out. */
export type Topic = { compiled: CompiledRule; word: string };
