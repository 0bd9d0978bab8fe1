import { useMutation, useQuery } from '@tanstack/react-query';
import type { SignalKind } from '../api/shapes.ts';
import { kindWords } from '../language/kind-words.ts';
import { changesQuery, readAgain } from '../language/signals.queries.ts';
import { staying } from '../shell/staying.ts';
import { t } from '../words/t.ts';

/** After newer rules or settings: what reading again would add and take away, before it is done. */
export function ChangesSection() {
  const changes = useQuery(changesQuery).data;
  const applying = useMutation({ mutationFn: readAgain });
  if (!changes || changes.outdated === 0) return null;
  return (
    <section className="section">
      <h2>{t('changes.title', { count: changes.outdated })}</h2>
      <div className="sheet answer-none stack">
        <p>
          {t('changes.what', {
            added: changes.added.total,
            removed: changes.removed.total,
            kept: changes.kept,
          })}
        </p>
        <ul className="small">
          {[...changes.added.samples, ...changes.removed.samples].slice(0, 10).map((sample) => (
            <li key={`${sample.interactionId}-${sample.start}-${sample.kind}`}>
              <q>{sample.quote}</q>{' '}
              <span className="quiet">
                {kindWords({ kind: sample.kind as SignalKind })},{' '}
                {changes.added.samples.includes(sample) ? t('changes.added') : t('changes.removed')}
              </span>
            </li>
          ))}
        </ul>
        <div>
          <button
            type="button"
            className="action"
            {...staying(applying.isPending)}
            onClick={() => applying.mutate()}
          >
            {t('changes.apply')}
          </button>
        </div>
      </div>
    </section>
  );
}
