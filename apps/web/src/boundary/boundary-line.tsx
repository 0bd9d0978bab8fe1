import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { inLang, langNow } from '../agreement/clause-words.ts';
import { language, t } from '../words/t.ts';
import { type Boundary, boundariesQuery, keepingQuery } from './boundary.queries.ts';
import { keepingWords } from './keeping-words.ts';
import '../agreement/agreement.css';

/** For a client's head: each rule that is kept, how often it was crossed, what comes next, and how we keep it. */
export function BoundaryLine({ partyId }: { partyId: string }) {
  const items = useQuery(boundariesQuery(partyId)).data?.items ?? [];
  const kept = items.filter(({ state }) => state === 'kept');
  if (kept.length === 0) return null;
  return (
    <span className="head-terms small">
      {kept.map((boundary) => (
        <Link key={boundary.id} to="/clients/$partyId/boundaries" params={{ partyId }} search={(now) => now}>
          <Words boundary={boundary} />
        </Link>
      ))}
    </span>
  );
}

function Words({ boundary }: { boundary: Boundary }) {
  const { clause, says, count, next } = boundary;
  const keeping = useQuery(keepingQuery(boundary.id)).data;
  const lang = langNow(language.use().tag);
  const ours = keeping && keepingWords(keeping);
  return [
    t('boundary.headLine', { number: clause.number, says }),
    t('boundary.crossed', { count }),
    ...(next.breachId ? [t('boundary.nextIs', { next: inLang(next.says, lang) })] : []),
    ...(ours ? [ours] : []),
  ].join(' · ');
}
