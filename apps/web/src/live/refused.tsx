import { problemWords } from '../words/problem-words.ts';
import { t } from '../words/t.ts';
import { timeOf } from '../words/when.ts';
import { forget, type LiveState } from './live.state.ts';

/** Notes that the program does not take: they stay here, to be read, until somebody throws them away. */
export function Refused({ state: { refused, waiting } }: { state: LiveState }) {
  const held = waiting.filter(({ id }) => refused.has(id));
  if (held.length === 0) return null;
  return (
    <ul className="live-refused" aria-label={t('live.refused')}>
      {held.map((note) => (
        <li key={note.id} className="notice small" role="alert">
          <p>
            {timeOf(note.at)} {note.handle}: {note.text}{' '}
            {(note.quotes ?? []).map((quote) => `“${quote}”`).join(' ')}
          </p>
          <p>{problemWords(refused.get(note.id))}</p>
          <button type="button" className="link-button" onClick={() => void forget(note.id)}>
            {t('live.forget')}
          </button>
        </li>
      ))}
    </ul>
  );
}
