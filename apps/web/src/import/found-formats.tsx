import type { Survey } from '../api/shapes.ts';
import { number } from '../words/how-much.ts';
import { named, t } from '../words/t.ts';
import { IssueGroups } from './issue-groups.tsx';

/** What the files are, in words; what comes along with them; and what could not be read. */
export function FoundFormats({ survey }: { survey: Survey }) {
  const { formats, companions, problems } = survey;
  return (
    <section className="found" aria-label={t('survey.formats')}>
      <ul className="found-formats small">
        {formats.map(({ format, items }) => (
          <li key={format} className="kind-tag">
            {t('survey.formatCount', { format: named('format', format), count: number(items) })}
          </li>
        ))}
      </ul>
      {companions > 0 && <p className="quiet small">{t('survey.companions', { count: companions })}</p>}
      {problems.length > 0 && (
        <details className="small">
          <summary>{t('survey.problems', { count: survey.unreadable })}</summary>
          <div className="found-problems">
            <IssueGroups issues={problems} />
            {survey.unreadable > problems.length && (
              <p className="quiet">
                {t('survey.namelessMore', { count: survey.unreadable - problems.length })}
              </p>
            )}
          </div>
        </details>
      )}
    </section>
  );
}
