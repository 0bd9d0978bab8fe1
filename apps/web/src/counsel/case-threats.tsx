import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { Case } from '../generated/types.gen.ts';
import { t } from '../words/t.ts';
import { Points } from './brief.tsx';
import { threatsQuery } from './counsel.queries.ts';

/** What was threatened, word by word, each with the record it stands in; nothing where nobody threatened. */
export function CaseThreats({ found: { id, points } }: { found: Case }) {
  const isThreatened = points.some(({ kind }) => kind === 'threat');
  const { data } = useQuery({ ...threatsQuery(id), enabled: isThreatened });
  const navigate = useNavigate();
  if (!data || data.items.length === 0) return null;
  return (
    <section className="section" aria-labelledby="case-threats">
      <h2 id="case-threats">{t('counsel.threats')}</h2>
      <Points
        points={data.items}
        onOpen={(interactionId) =>
          navigate({ to: '/interactions/$interactionId', params: { interactionId } })
        }
      />
    </section>
  );
}
