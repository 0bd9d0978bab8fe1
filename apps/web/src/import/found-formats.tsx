import type { Survey } from '../api/shapes.ts';
import { number } from '../words/how-much.ts';
import { issueWords } from '../words/problem-words.ts';
import { named, t } from '../words/t.ts';

const PROBLEMS_SHOWN = 50;

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
          <ul className="found-problems">
            {problems.slice(0, PROBLEMS_SHOWN).map((problem) => (
              <li key={`${problem.container} ${problem.member ?? ''} ${problem.message}`}>
                <span className="mono">
                  {[problem.container, problem.member].filter(Boolean).join(' › ')}
                </span>
                <span className="quiet"> {issueWords(problem)}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
