// Finds the places in a text where a customer may be named by a word that stands in no book: slips, sounds, initials.
import { isUnknown, type Piece, type Span } from '../words/cut.ts';
import { is } from '../words/sentence.ts';

/** A name in the wrong spelling may contain short words: 太和 holds 和, 海立得 holds 得. */
const MOST_AROUND = 2;
const mayBePart = ({ text }: Piece): boolean =>
  /^[一-鿿]$/.test(text) && !/[的了过吗呢啊呀哦嘛吧是在有没谁啥哪]/.test(text);

/** Where names may stand, from left to right, the longest of each place first. */
export function candidates(pieces: readonly Piece[], gaps: readonly number[]): readonly Span[] {
  const unknown = pieces.flatMap((piece, i) => (isUnknown(piece) ? around(pieces, i, gaps) : []));
  // 徐工 may be a person or a company.
  return [
    ...unknown,
    ...ofShortWords(pieces),
    ...pieces.filter((piece) => is(piece, 'person') && piece.text.endsWith('工')),
  ];
}

function around(pieces: readonly Piece[], at: number, gaps: readonly number[]): Span[] {
  const reach = (step: 1 | -1): readonly number[] => {
    const ends = [at];
    for (let i = at + step; ends.length <= MOST_AROUND; i += step) {
      const piece = pieces[i];
      const joint = step === 1 ? piece?.from : pieces[i + 1]?.from;
      if (piece === undefined || joint === undefined) break;
      const latin = piece.text === ' ' && isLatin(pieces[i + step]) && isLatin(pieces[i - step]);
      if (latin) i += step;
      else if (gaps.includes(joint) || !(mayBePart(piece) || isUnknown(piece))) break;
      ends.push(i);
    }
    return ends.reverse();
  };
  const spans = reach(-1).flatMap((first) =>
    reach(1).map((last) => ({ from: (pieces[first] as Piece).from, to: (pieces[last] as Piece).to })),
  );
  return spans.filter(({ from, to }) => to - from >= 2).sort((a, b) => b.to - b.from - (a.to - a.from));
}

const isLatin = (piece: Piece | undefined): boolean =>
  piece !== undefined && isUnknown(piece) && /^[a-z0-9]/.test(piece.text);

/** 中还合同签了没: a misspelt name at the beginning may be made of short words alone. */
function ofShortWords(pieces: readonly Piece[]): Span[] {
  const end = pieces.findIndex((piece) => !mayBePart(piece));
  const to = pieces[end < 0 ? pieces.length - 1 : end - 1]?.to ?? 0;
  return to >= 2 && to <= 4 ? [{ from: 0, to }] : [];
}
