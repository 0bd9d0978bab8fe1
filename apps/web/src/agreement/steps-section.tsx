import { useInfiniteQuery } from '@tanstack/react-query';
import { useWho } from '../session/who.ts';
import { named, t } from '../words/t.ts';
import { momentOf } from '../words/when.ts';
import { stepsQuery } from './agreement.queries.ts';

/** What was done about agreements and boundaries: when, by whom, why. */
export function StepsSection({ partyId }: { partyId: string }) {
  const { data, fetchNextPage, hasNextPage } = useInfiniteQuery({
    ...stepsQuery(partyId),
    throwOnError: true,
  });
  const who = useWho();
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  if (items.length === 0) return null;
  return (
    <details className="sheet">
      <summary className="answer-head">{t('step.title')}</summary>
      <ul>
        {items.map(({ id, at, actor, kind, detail }) => (
          <li key={id} className="terms-line small">
            {momentOf(at)} · {who(actor)} · {named('step', kind)}
            {typeof detail.reason === 'string' && <span className="quiet"> · {detail.reason}</span>}
          </li>
        ))}
      </ul>
      {hasNextPage && (
        <button type="button" className="link-button" onClick={() => void fetchNextPage()}>
          {t('list.more')}
        </button>
      )}
    </details>
  );
}
