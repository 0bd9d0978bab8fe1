import { useMutation } from '@tanstack/react-query';
import type { Signal } from '../api/shapes.ts';
import { kindWords } from '../language/kind-words.ts';
import { judge } from '../language/signals.queries.ts';
import { DecidedBefore } from '../points/decisions-link.tsx';
import { named, t } from '../words/t.ts';
import '../language/language.css';

/** What is marked in a message, each with a word on it: right, or not so. That word is a note of one's own. */
export function Marks({ signals, partyId }: { signals: readonly Signal[]; partyId: string | null }) {
  const judging = useMutation({
    mutationFn: ({ id, verdict }: { id: string; verdict: 'confirmed' | 'dismissed' | null }) =>
      judge(id, verdict),
  });
  if (signals.length === 0) return null;
  return (
    <section className="sheet marks" aria-label={t('answer.marked')}>
      <h2 className="answer-head">{t('answer.marked')}</h2>
      <ol className="findings">
        {signals.map((signal, at) => {
          const verdict = signal.verdicts[0]?.verdict ?? null;
          const names = signal.verdicts.map(({ name }) => name).join(', ');
          const give = (wanted: 'confirmed' | 'dismissed') =>
            judging.mutate({ id: signal.id, verdict: verdict === wanted ? null : wanted });
          return (
            <li key={signal.id} className="finding">
              <span className="finding-number number">{at + 1}</span>
              <q className={verdict === 'dismissed' ? 'quiet' : undefined}>{signal.quote}</q>
              <span className="finding-actions small">
                <button
                  type="button"
                  className="link-button"
                  aria-pressed={verdict === 'confirmed'}
                  onClick={() => give('confirmed')}
                >
                  {verdict === 'confirmed' ? t('marked.confirmed') : t('marked.confirm')}
                </button>
                <button
                  type="button"
                  className="link-button"
                  aria-pressed={verdict === 'dismissed'}
                  onClick={() => give('dismissed')}
                >
                  {verdict === 'dismissed' ? t('marked.dismissed') : t('marked.dismiss')}
                </button>
              </span>
              <span className="finding-says small quiet">
                {kindWords(signal)}, {named('band', signal.band)} · {signal.why}
                {names && ` · ${names}`}
                <DecidedBefore kind={signal.kind} partyId={partyId} />
              </span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
