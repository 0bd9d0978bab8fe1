import type { Place } from '../points/find-words.ts';

/** A text with the places that are to be taken out drawn as bars; the words under them can still be selected here. */
export function BlackedText({ text, places }: { text: string; places: readonly Place[] }) {
  const parts: { from: number; words: string; isOut: boolean }[] = [];
  let from = 0;
  for (const { start, end } of joined(places)) {
    if (start > from) parts.push({ from, words: text.slice(from, start), isOut: false });
    parts.push({ from: start, words: text.slice(start, end), isOut: true });
    from = end;
  }
  if (from < text.length) parts.push({ from, words: text.slice(from), isOut: false });
  return (
    <div className="words" dir="auto">
      {parts.map(({ from: at, words, isOut }) =>
        isOut ? (
          <del key={at} className="taken-out">
            {words}
          </del>
        ) : (
          <span key={at}>{words}</span>
        ),
      )}
    </div>
  );
}

/** In the order of the text; what overlaps is one. */
export function joined(places: readonly Place[]): readonly Place[] {
  const out: { start: number; end: number }[] = [];
  for (const { start, end } of [...places].sort((a, b) => a.start - b.start)) {
    const last = out.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else out.push({ start, end });
  }
  return out;
}
