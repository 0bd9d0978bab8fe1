import type { Interaction, InteractionInPlace, Signal } from '../api/shapes.ts';
import { MarkedText } from '../language/marked-text.tsx';
import { t } from '../words/t.ts';

type Parts = NonNullable<Interaction['noted']>['parts'];
type Span = { readonly start: number; readonly end: number };

/** What the other side said: all of a message, the quotes of a call. */
export function theirWords({ text, noted, row }: InteractionInPlace): string {
  if (!noted || row.kind === 'message' || row.kind === 'document') return text;
  return noted.parts.quotes.map(({ start, end }) => text.slice(start, end)).join('\n');
}

/** Words recorded by hand: ours, then theirs as they were said, then what came of it. */
export function NotedWords({
  text,
  parts,
  signals,
}: {
  text: string;
  parts: Parts;
  signals: readonly Signal[];
}) {
  const shown = ({ start, end }: Span) => (
    <MarkedText text={text.slice(start, end)} findings={signals} from={start} />
  );
  if (text.trim() === '') return <p className="quiet">{t('readable.noText')}</p>;
  return (
    <div className="words noted-words" dir="auto">
      {parts.text && <div>{shown(parts.text)}</div>}
      {parts.quotes.length > 0 && (
        <>
          <h2>{t('noted.quotes')}</h2>
          {parts.quotes.map((span) => (
            <blockquote key={span.start}>{shown(span)}</blockquote>
          ))}
        </>
      )}
      {parts.outcome && (
        <>
          <h2>{t('noted.outcome')}</h2>
          <div>{shown(parts.outcome)}</div>
        </>
      )}
    </div>
  );
}
