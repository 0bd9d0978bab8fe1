import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReaderPreview } from '../api/shapes.ts';
import { staying } from '../shell/staying.ts';
import { problemWords } from '../words/problem-words.ts';
import { named, t } from '../words/t.ts';
import { readAnew, readerQuery } from './import.queries.ts';

/** After a newer version: what it reads otherwise in mails that are here, before anything is changed. */
export function ReadAnewSection() {
  const preview = useQuery(readerQuery).data;
  const applying = useMutation({ mutationFn: readAnew });
  if (!preview || preview.older === 0) return null;
  const { older, looked, changes } = preview;
  return (
    <section className="section">
      <h2>{t('readAnew.title', { count: older })}</h2>
      <div className="sheet answer-none stack">
        <p>
          {changes.length === 0
            ? t('readAnew.same')
            : t('readAnew.what', { looked: looked.length, changed: changes.length })}
        </p>
        {changes.length > 0 && (
          <ul className="lines">
            {changes.map((change) => (
              <ChangedMail key={change.id} change={change} />
            ))}
          </ul>
        )}
        {applying.error && (
          <p className="notice" role="alert">
            {problemWords(applying.error)}
          </p>
        )}
        <div>
          <button
            type="button"
            className="action"
            disabled={looked.length === 0}
            {...staying(applying.isPending)}
            onClick={() => applying.mutate(looked)}
          >
            {t('readAnew.apply', { count: looked.length })}
          </button>
        </div>
      </div>
    </section>
  );
}

function ChangedMail({ change }: { change: ReaderPreview['changes'][number] }) {
  return (
    <li>
      <Link to="/interactions/$interactionId" params={{ interactionId: change.id }}>
        {change.subject || t('missing.noSubject')}
      </Link>
      <dl className="small read-anew">
        {change.differences.map(({ field, before, after }) => (
          <div key={field}>
            <dt className="quiet">{named('readField', field)}</dt>
            <dd>
              <span className="quiet">{t('readAnew.before')}</span>{' '}
              <span className="mono">{before || '–'}</span>
            </dd>
            <dd>
              <span className="quiet">{t('readAnew.after')}</span>{' '}
              <span className="mono">{after || '–'}</span>
            </dd>
          </div>
        ))}
      </dl>
    </li>
  );
}
