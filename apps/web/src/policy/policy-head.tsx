import { useMutation, useQueryClient } from '@tanstack/react-query';
import { markPolicyRead } from '../generated/sdk.gen.ts';
import { inReaders } from '../procedure/in-three.ts';
import { useWho } from '../session/who.ts';
import { staying } from '../shell/staying.ts';
import { problemWords } from '../words/problem-words.ts';
import { t } from '../words/t.ts';
import { dateOf } from '../words/when.ts';
import type { Policy } from './policy.queries.ts';

/** Which version holds, who has read it, and what it suggests. */
export function PolicyHead({ policy }: { policy: Policy }) {
  const who = useWho();
  const { version, publishedAt, publishedBy, reviewOn, isReviewDue, suggestions } = policy;
  return (
    <section className="sheet policy-head" aria-label={t('policy.version', { version })}>
      <p>
        <strong>{t('policy.version', { version })}</strong>{' '}
        <span className="small quiet">
          {t('policy.since', { date: dateOf(publishedAt), who: who(publishedBy) })}
        </span>
      </p>
      <p className={isReviewDue ? 'policy-late' : 'small quiet'}>
        {t(isReviewDue ? 'policy.reviewLate' : 'policy.review', { date: dateOf(`${reviewOn}T12:00:00Z`) })}
      </p>
      <Reading policy={policy} />
      {suggestions.length > 0 && (
        <div className="small">
          <p>{t('policy.suggested')}</p>
          <ul>
            {suggestions.map((one) => (
              <li key={one.step.en}>
                {t('policy.suggestion', {
                  ...{ title: inReaders(one.title), step: inReaders(one.step) },
                  ...{ says: one.says, now: one.now },
                })}
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}

function Reading({ policy: { id, readAt, unread } }: { policy: Policy }) {
  const who = useWho();
  const queries = useQueryClient();
  const marking = useMutation({
    mutationFn: () => markPolicyRead({ path: { id } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['policies'] }),
  });
  return (
    <div className="policy-reading">
      {readAt ? (
        <p className="small">{t('policy.youRead', { date: dateOf(readAt) })}</p>
      ) : (
        <button
          type="button"
          className="action"
          {...staying(marking.isPending)}
          onClick={() => marking.mutate()}
        >
          {t('policy.markRead')}
        </button>
      )}
      {unread && (
        <p className="small quiet">
          {unread.length === 0
            ? t('policy.allRead')
            : t('policy.unread', { who: unread.map(who).join(', ') })}
        </p>
      )}
      {marking.error && (
        <p className="notice" role="alert">
          {problemWords(marking.error)}
        </p>
      )}
    </div>
  );
}
