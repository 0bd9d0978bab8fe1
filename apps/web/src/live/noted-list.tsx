import { useEffect, useRef } from 'react';
import type { LiveNote } from '../generated/types.gen.ts';
import { t } from '../words/t.ts';
import { timeOf } from '../words/when.ts';
import type { LiveState } from './live.state.ts';
import type { Session } from './note.ts';

type List = { session: Session; state: LiveState };

/** What was noted, with times; the newest lies next to the thumb. */
export function NotedList({ session, state: { noted, waiting } }: List) {
  const end = useRef<HTMLLIElement>(null);
  const count = noted.length;
  // biome-ignore lint/correctness/useExhaustiveDependencies: one more note is what there is to scroll to
  useEffect(() => {
    end.current?.scrollIntoView({ block: 'nearest' });
  }, [count]);
  const before = session.noted - noted.filter(({ kind }) => kind === 'note').length;
  return (
    <ol className="live-noted" aria-label={t('live.noted')} role="log">
      {before > 0 && <li className="quiet small">{t('live.inRecord', { count: before })}</li>}
      {noted.map((note) => (
        <li key={note.id} data-noted={note.id}>
          <time className="number quiet">{timeOf(note.at)}</time> <Said note={note} />
          {waiting.some(({ id }) => id === note.id) && <span className="quiet"> · {t('live.kept')}</span>}
        </li>
      ))}
      <li ref={end} aria-hidden="true" />
    </ol>
  );
}

function Said({ note: { text, quotes = [], shot } }: { note: LiveNote }) {
  return (
    <span className="live-said">
      {text.replace(/\s*\n\s*/g, ' ')}
      {quotes.map((quote) => ` “${quote}”`)}
      {shot && <img className="live-shot" src={`data:image/png;base64,${shot}`} alt={t('live.shot')} />}
    </span>
  );
}
