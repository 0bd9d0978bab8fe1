import type { Interaction } from '../api/shapes.ts';
import { issueWords } from '../words/problem-words.ts';
import { t } from '../words/t.ts';

/** What the reader of these bytes could not read or found doubtful; nothing is passed over in silence. */
export function UnreadView({ issues }: Pick<Interaction, 'issues'>) {
  return (
    <section>
      <h2>{t('unread.title')}</h2>
      {issues.length === 0 && <p className="quiet">{t('unread.nothing')}</p>}
      <ul className="unread">
        {issues.map((issue) => (
          <li key={`${issue.code} ${issue.message}`}>
            {issueWords(issue)} <span className="quiet small">{issue.message}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
